package qrgenerator;

import static dev.drillbook.fault.Kill.kill;
import static dev.drillbook.verification.ForeignKeys.foreignKeys;
import static dev.drillbook.verification.Health.health;
import static dev.drillbook.verification.RowCounts.rowCounts;
import static dev.drillbook.verification.Sequences.sequences;
import static dev.drillbook.verification.ServesWrites.servesWrites;
import static qrgenerator.Codes.codes;
import static qrgenerator.StaysDown.staysDown;

import dev.drillbook.junit.Drill;
import dev.drillbook.run.DrillRun;
import org.junit.jupiter.api.Test;

@Drill(plan = "qrgenerator", scenario = "database-failover")
class DatabaseFailoverDrill {

  @Test
  void theStandbyTakesOverAndTheOldPrimaryStaysDown(DrillRun drill) {
    var db = drill.postgres("db");
    var standby = drill.standby("standby");
    var server = drill.app("server");
    var database = drill.address("database");
    var www = drill.address("www");

    drill
        .workload(codes(www::url, Vault.of(server), standby))
        .restoredInto(standby)
        .disaster(kill(db))
        .recover("identify-issue", db.script("identify-issue.sh"))
        .recover("fence-old-primary", db.script("fence-primary.sh"))
        .recover("promote-standby", standby::promote)
        .recover("update-connection-strings", () -> database.pointTo(standby))
        .recover(
            "verify-restoration",
            standby.script("verify-data.sh"),
            server.script("test-application.sh"))
        .verify(
            rowCounts(),
            foreignKeys(),
            sequences(),
            staysDown(db),
            health(server),
            servesWrites())
        .meetsItsObjectives();
  }
}
