package onetouch;

import static dev.drillbook.fault.Act.act;
import static dev.drillbook.fault.DeleteNewestBackup.deleteNewestBackup;
import static dev.drillbook.fault.DestroyData.destroyData;
import static dev.drillbook.fault.Kill.kill;
import static onetouch.Cards.cards;
import static onetouch.Later.later;
import static onetouch.Looks.LOAD;
import static onetouch.Looks.PROBE;
import static onetouch.Looks.cacheIsRight;
import static onetouch.Looks.photosAreRight;
import static onetouch.Looks.restoredDatabase;
import static onetouch.Quiet.quiet;
import static onetouch.Scripts.both;

import dev.drillbook.fault.Bite;
import dev.drillbook.fault.Fault;
import dev.drillbook.junit.Drill;
import dev.drillbook.run.DrillRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@Drill(plan = "onetouch", scenario = "server-failure")
class ServerFailureDrill {

  /** In the team's vault, which is neither on the server nor in the bucket. */
  private final String configKey = UUID.randomUUID().toString();

  @Test
  void aNewServerTakesOverWithTheSettingsAndDataOfTheLostOne(DrillRun drill) {
    var db = drill.postgres("db");
    var cache = drill.redis("cache");
    var s3 = drill.objectStore("s3");
    var server = drill.app("server");
    var mail = drill.app("mail");
    var www = drill.address("www");
    var backups = drill.backups("database-dump").folder().toString();

    drill
        .workload(cards(www::url, db), LOAD)
        .probe(PROBE)
        .prepare(
            both(s3.script("backup-config.sh"), server.script("backup-config.sh"))
                .with("CONFIG_KEY", () -> configKey))
        .backup("database-dump")
        .afterBackup(s3.script("ship-backup.sh", backups))
        .disaster(
            kill(server),
            loseDisk(server.folder()),
            kill(db),
            destroyData(db),
            deleteNewestBackup(drill.backups("database-dump")))
        .recover("provision-server", () -> drill.app("server-2").folder())
        .recover(
            "restore-configuration",
            later(
                () ->
                    both(
                            s3.script("restore-config.sh"),
                            drill.app("server-2").script("restore-config.sh"))
                        .with("CONFIG_KEY", () -> configKey)))
        .recover(
            "restore-database",
            db::provision,
            s3.script("download-backup.sh", backups),
            db.script("restore-database.sh"))
        .recover(
            "verify-file-storage",
            later(() -> both(s3.script("test-s3.sh"), drill.app("server-2").script("test-s3.sh"))))
        .recover(
            "restore-photos", both(db.script("restore-photos.sh"), s3.script("restore-photos.sh")))
        .recover("clear-cache", cache.script("clear-cache.sh"))
        .recover("hold-outbox", db.script("hold-outbox.sh"))
        .recover("start-application", () -> drill.app("server-2").start())
        .recover("update-dns", () -> www.pointTo(drill.app("server-2")))
        .recover(
            "verify-services", later(() -> drill.app("server-2").script("verify-production.sh")))
        .verify(restoredDatabase())
        .verify(photosAreRight(db, s3), cacheIsRight(cache, db), quiet(mail, db))
        .meetsItsObjectives();
  }

  private static Fault loseDisk(Path folder) {
    return act(
        "lose the server's disk",
        () -> deleteTree(folder),
        () -> new Bite(Files.notExists(folder), folder + " is gone"));
  }

  private static void deleteTree(Path folder) throws IOException {
    try (var all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
