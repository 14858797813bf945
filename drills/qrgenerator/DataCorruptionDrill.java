package qrgenerator;

import static dev.drillbook.verification.BackedUpRows.backedUpRows;
import static dev.drillbook.verification.Fingerprints.fingerprints;
import static dev.drillbook.verification.ForeignKeys.foreignKeys;
import static dev.drillbook.verification.Health.health;
import static dev.drillbook.verification.RowCounts.rowCounts;
import static dev.drillbook.verification.SchemaObjects.schemaObjects;
import static dev.drillbook.verification.Sequences.sequences;
import static dev.drillbook.verification.ServesWrites.servesWrites;
import static qrgenerator.BadMigration.badMigration;
import static qrgenerator.Codes.codes;
import static qrgenerator.TargetsStand.targetsStand;

import dev.drillbook.junit.Drill;
import dev.drillbook.run.DrillRun;
import org.junit.jupiter.api.Test;

@Drill(plan = "qrgenerator", scenario = "data-corruption")
class DataCorruptionDrill {

  @Test
  void whatWasDamagedIsBackAndWhatWasWrittenSinceIsKept(DrillRun drill) {
    var db = drill.postgres("db");
    var server = drill.app("server");
    var www = drill.address("www");

    drill
        .workload(codes(www::url, Vault.of(server), db))
        .noticedBy(db.script("check-integrity.sh"))
        .prepare(db.script("setup-backup-key.sh"))
        .backup("database-full")
        .keepsNewerWrites()
        .disaster(badMigration(db))
        .recover("identify-corrupted-data", db.script("check-integrity.sh", "--report"))
        .recover("stop-application", server::stop)
        .recover("backup-current-state", db.script("save-bad-state.sh"))
        .recover(
            "restore-known-good-backup",
            db.script("restore-database.sh").with("KEEP_AS", () -> "bad_state"))
        .recover("reconcile-data", db.script("reconcile.sh", "bad_state"))
        .recover("verify-data", db.script("verify-data.sh"))
        .recover("restart-application", server::start)
        .recover("verify-application", server.script("test-application.sh"))
        .verify(
            rowCounts(),
            fingerprints("User", "ApiKey"),
            backedUpRows(),
            schemaObjects(),
            foreignKeys(),
            sequences(),
            targetsStand(db),
            health(server),
            servesWrites())
        .meetsItsObjectives();
  }
}
