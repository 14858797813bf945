package onetouch;

import static dev.drillbook.fault.Act.act;
import static dev.drillbook.fault.Extent.count;
import static dev.drillbook.fault.UpdateRows.updateRows;
import static dev.drillbook.verification.Health.health;
import static onetouch.Cards.cards;
import static onetouch.KeptDamage.keptDamage;
import static onetouch.Later.later;
import static onetouch.Looks.LOAD;
import static onetouch.Looks.PROBE;
import static onetouch.Looks.cacheIsRight;
import static onetouch.Looks.photosAreRight;
import static onetouch.Looks.restoredDatabase;
import static onetouch.Quiet.quiet;
import static onetouch.Scripts.both;

import dev.drillbook.fault.Bite;
import dev.drillbook.junit.Drill;
import dev.drillbook.run.DrillRun;
import dev.drillbook.site.BackupFiles;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

@Drill(plan = "onetouch", scenario = "data-corruption")
class DataCorruptionDrill {
  private static final int DAMAGED = 40;

  @Test
  void theNewestBackupFromBeforeTheDamageIsRestored(DrillRun drill) {
    var db = drill.postgres("db");
    var scratch = drill.postgres("scratch");
    var cache = drill.redis("cache");
    var s3 = drill.objectStore("s3");
    var server = drill.app("server");
    var mail = drill.app("mail");
    var backups = drill.backups("database-dump");
    var folder = backups.folder();

    drill
        .workload(cards(server::address, db), LOAD)
        .probe(PROBE)
        .noticedBy(db.script("validate-data.sh"))
        .backup("database-dump")
        .disaster(
            updateRows(db, "Card", "title", "''", count(DAMAGED)),
            // By then the schedule has taken another backup, of the damage.
            act("back the damage up", db.script("backup-database.sh"), () -> two(backups)))
        .recover("stop-application", server::stop)
        .recover("snapshot-damaged", db.script("snapshot-damaged.sh"))
        .recover("find-valid-backup", scratch.script("newest-valid-backup.sh", folder.toString()))
        .recover(
            "restore-database",
            later(
                () ->
                    db.script(
                        "restore-database.sh", Files.readString(folder.resolve("valid")).strip())))
        .recover(
            "restore-photos", both(db.script("restore-photos.sh"), s3.script("restore-photos.sh")))
        .recover("clear-cache", cache.script("clear-cache.sh"))
        .recover("verify-data", db.script("validate-data.sh"))
        .recover("hold-outbox", db.script("hold-outbox.sh"))
        .recover("restart-application", server::start)
        .verify(restoredDatabase())
        .verify(photosAreRight(db, s3), cacheIsRight(cache, db), quiet(mail, db), health(server))
        .verify(keptDamage(backups, DAMAGED))
        .meetsItsObjectives();
  }

  private static Bite two(BackupFiles backups) {
    long dumps = backups.all().stream().filter(f -> f.toString().endsWith(".sql.gz")).count();
    return new Bite(dumps == 2, dumps + " backups, the newest one of the damage");
  }
}
