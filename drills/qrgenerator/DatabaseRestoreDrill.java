package qrgenerator;

import static dev.drillbook.fault.DestroyData.destroyData;
import static dev.drillbook.fault.Kill.kill;
import static dev.drillbook.verification.Erased.erased;
import static dev.drillbook.verification.Fingerprints.fingerprints;
import static dev.drillbook.verification.ForeignKeys.foreignKeys;
import static dev.drillbook.verification.Health.health;
import static dev.drillbook.verification.RowCounts.rowCounts;
import static dev.drillbook.verification.SchemaObjects.schemaObjects;
import static dev.drillbook.verification.Sequences.sequences;
import static dev.drillbook.verification.ServesWrites.servesWrites;
import static qrgenerator.Codes.codes;

import dev.drillbook.junit.Drill;
import dev.drillbook.run.DrillRun;
import org.junit.jupiter.api.Test;

@Drill(plan = "qrgenerator", scenario = "database-restore")
class DatabaseRestoreDrill {

  @Test
  void theNewestBackupComesBackWithoutWhoWasErasedSince(DrillRun drill) {
    var db = drill.postgres("db");
    var server = drill.app("server");
    var www = drill.address("www");

    drill
        .workload(codes(www::url, Vault.of(server), db))
        .prepare(db.script("setup-backup-key.sh"))
        .backup("database-full")
        .afterBackup(db.script("erase-user.sh", "user150@example.org"))
        .disaster(kill(db), destroyData(db))
        .recover("identify-issue", db.script("identify-issue.sh"))
        .recover("stop-application", server::stop)
        .recover("restore-latest-backup", db::provision, db.script("restore-database.sh"))
        .recover("verify-data", db.script("verify-data.sh"))
        .recover("apply-erasures", db.script("apply-erasures.sh"))
        .recover("restart-application", server::start)
        .recover("verify-restoration", server.script("test-application.sh"))
        .verify(
            rowCounts(),
            fingerprints(),
            schemaObjects(),
            foreignKeys(),
            sequences(),
            erased(),
            health(server),
            servesWrites())
        .meetsItsObjectives();
  }
}
