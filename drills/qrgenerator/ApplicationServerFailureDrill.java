package qrgenerator;

import static dev.drillbook.verification.ForeignKeys.foreignKeys;
import static dev.drillbook.verification.Health.health;
import static dev.drillbook.verification.RowCounts.rowCounts;
import static dev.drillbook.verification.Sequences.sequences;
import static dev.drillbook.verification.ServesWrites.servesWrites;
import static qrgenerator.Codes.codes;
import static qrgenerator.Machine.lost;
import static qrgenerator.Machine.notThereYet;
import static qrgenerator.Machine.triedAgain;

import dev.drillbook.junit.Drill;
import dev.drillbook.run.DrillRun;
import org.junit.jupiter.api.Test;

@Drill(plan = "qrgenerator", scenario = "application-server-failure")
class ApplicationServerFailureDrill {

  @Test
  void anotherServerServesWithTheProductionConfiguration(DrillRun drill) {
    var db = drill.postgres("db");
    var server = drill.app("server");
    var server2 = drill.app("server-2");
    var www = drill.address("www");

    drill
        .workload(codes(www::url, Vault.of(server), db))
        .prepare(notThereYet(server2))
        .disaster(lost(server))
        .recover("check-server-status", server.script("server-status.sh"))
        .recover("restart-application", triedAgain(server))
        .recover("deploy-to-new-server", server2.script("deploy.sh"))
        .recover("start-new-server", server2::start)
        .recover("update-dns", () -> www.pointTo(server2))
        .recover("verify-application", server2.script("test-application.sh"))
        .verify(rowCounts(), foreignKeys(), sequences(), health(server2), servesWrites())
        .meetsItsObjectives();
  }
}
