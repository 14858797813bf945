package onetouch;

import static dev.drillbook.fault.DestroyData.destroyData;
import static dev.drillbook.fault.Kill.kill;
import static dev.drillbook.verification.Health.health;
import static onetouch.Cards.cards;
import static onetouch.Looks.LOAD;
import static onetouch.Looks.PROBE;
import static onetouch.Looks.cacheIsRight;
import static onetouch.Looks.photosAreRight;
import static onetouch.Looks.restoredDatabase;
import static onetouch.Quiet.quiet;
import static onetouch.Scripts.both;

import dev.drillbook.junit.Drill;
import dev.drillbook.run.DrillRun;
import org.junit.jupiter.api.Test;

@Drill(plan = "onetouch", scenario = "database-failure")
class DatabaseFailureDrill {

  @Test
  void everyCardUpToTheBackupComesBackWithItsPhoto(DrillRun drill) {
    var db = drill.postgres("db");
    var cache = drill.redis("cache");
    var s3 = drill.objectStore("s3");
    var server = drill.app("server");
    var mail = drill.app("mail");
    var backups = drill.backups("database-dump").folder().toString();

    drill
        .workload(cards(server::address, db), LOAD)
        .probe(PROBE)
        .backup("database-dump")
        .afterBackup(s3.script("ship-backup.sh", backups))
        .disaster(kill(db), destroyData(db))
        .recover("identify-backup", db.script("latest-backup.sh"))
        .recover("download-backup", s3.script("download-backup.sh", backups))
        .recover("stop-application", server::stop)
        .recover("restore-database", db::provision, db.script("restore-database.sh"))
        .recover("run-migrations", db.script("migrate.sh"))
        .recover(
            "restore-photos", both(db.script("restore-photos.sh"), s3.script("restore-photos.sh")))
        .recover("clear-cache", cache.script("clear-cache.sh"))
        .recover("verify-data-integrity", db.script("verify-data.sh"))
        .recover("hold-outbox", db.script("hold-outbox.sh"))
        .recover("start-application", server::start)
        .recover("verify-health", server.script("verify-production.sh"))
        .verify(restoredDatabase())
        .verify(photosAreRight(db, s3), cacheIsRight(cache, db), quiet(mail, db), health(server))
        .meetsItsObjectives();
  }
}
