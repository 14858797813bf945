package omnify;

import static dev.drillbook.fault.DestroyData.destroyData;
import static dev.drillbook.fault.Kill.kill;
import static dev.drillbook.verification.Fingerprints.fingerprints;
import static dev.drillbook.verification.Health.health;
import static dev.drillbook.verification.RowCounts.rowCounts;
import static dev.drillbook.verification.SchemaObjects.schemaObjects;
import static dev.drillbook.verification.ServesWrites.servesWrites;
import static omnify.Campaigns.campaigns;
import static omnify.References.references;

import dev.drillbook.junit.Drill;
import dev.drillbook.run.DrillRun;
import org.junit.jupiter.api.Test;

@Drill(plan = "omnify", scenario = "complete-system-failure")
class CompleteSystemFailureDrill {

  @Test
  void clientsAreServedByNewServersWithAllUpToTheBackup(DrillRun drill) {
    var www = drill.address("www");
    var mongo = drill.mongo("mongo");
    var server = drill.app("server");
    var newMongo = drill.mongo("mongo-2");
    var newServer = drill.app("server-2");
    var backups = drill.backups("mongo-dump").folder();

    drill
        .workload(campaigns(www::url, newMongo))
        .prepare(newServer::kill, newMongo::kill, newMongo::destroyData)
        .backup("mongo-dump")
        .restoredInto(newMongo)
        .disaster(kill(server), kill(mongo), destroyData(mongo))
        .recover("restore-infrastructure", newMongo::provision)
        .recover(
            "restore-database",
            newMongo.script("restore-mongodb.sh").with("BACKUP_DIR", backups::toString))
        .recover("restore-application", newServer::start)
        .recover("switch-address", () -> www.pointTo(newServer))
        .recover(
            "verify-system",
            newMongo.script("verify-restore.sh"),
            newServer.script("check-endpoints.sh").with("SERVER_URL", () -> www.url().toString()))
        .verify(
            rowCounts(),
            fingerprints(),
            schemaObjects(),
            references(newMongo),
            health(newServer),
            servesWrites())
        .meetsItsObjectives();
  }
}
