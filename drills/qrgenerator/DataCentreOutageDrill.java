package qrgenerator;

import static dev.drillbook.fault.DestroyData.destroyData;
import static dev.drillbook.fault.Kill.kill;
import static dev.drillbook.verification.Fingerprints.fingerprints;
import static dev.drillbook.verification.ForeignKeys.foreignKeys;
import static dev.drillbook.verification.Health.health;
import static dev.drillbook.verification.RowCounts.rowCounts;
import static dev.drillbook.verification.SchemaObjects.schemaObjects;
import static dev.drillbook.verification.Sequences.sequences;
import static dev.drillbook.verification.ServesWrites.servesWrites;
import static qrgenerator.Codes.codes;
import static qrgenerator.Machine.lost;
import static qrgenerator.Machine.notThereYet;

import dev.drillbook.junit.Drill;
import dev.drillbook.run.DrillRun;
import java.util.List;
import org.junit.jupiter.api.Test;

@Drill(plan = "qrgenerator", scenario = "data-centre-outage")
class DataCentreOutageDrill {

  @Test
  void theSecondaryRegionServesAllThatWasShipped(DrillRun drill) {
    var db = drill.postgres("db");
    var secondary = drill.postgres("db-secondary");
    var store = drill.objectStore("store");
    var server = drill.app("server");
    var server2 = drill.app("server-2");
    var database = drill.address("database");
    var www = drill.address("www");
    var vault = Vault.of(server);
    var shipped = drill.recoveryPoint(db);

    drill
        .workload(codes(www::url, vault, secondary))
        .prepare(
            db.script("setup-backup-key.sh"),
            store.script("register-offsite.sh").with("VAULT", vault::path),
            notThereYet(server2))
        .backup("base-backup")
        .afterBackup(db.script("ship-wal.sh"))
        .restoredInto(secondary)
        .disaster(
            lost(server),
            kill(db),
            destroyData(db),
            lost(
                "the backups of the site itself",
                () -> List.of(drill.backups("base-backup").folder(), db.walArchive())))
        .recover("activate-secondary-region", secondary::provision)
        .recover(
            "restore-database",
            secondary::stop,
            secondary
                .script("restore-base-backup.sh")
                .with("VAULT", vault::path)
                .with("RECOVERY_TARGET_NAME", shipped::name),
            secondary::start)
        .recover("deploy-application", server2.script("deploy.sh"))
        .recover("identify-data-gap", secondary.script("data-gap.sh"))
        .recover("start-services", () -> database.pointTo(secondary), server2::start)
        .recover("update-dns", () -> www.pointTo(server2))
        .recover(
            "verify-services",
            secondary.script("verify-data.sh"),
            server2.script("test-application.sh"))
        .verify(
            rowCounts(),
            fingerprints(),
            schemaObjects(),
            foreignKeys(),
            sequences(),
            health(server2),
            servesWrites())
        .meetsItsObjectives();
  }
}
