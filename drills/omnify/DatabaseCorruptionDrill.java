package omnify;

import static dev.drillbook.fault.Extent.percent;
import static dev.drillbook.fault.UpdateDocuments.updateDocuments;
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

@Drill(plan = "omnify", scenario = "database-corruption")
class DatabaseCorruptionDrill {

  @Test
  void noDamagedCampaignIsLeft(DrillRun drill) {
    var mongo = drill.mongo("mongo");
    var server = drill.app("server");

    drill
        .workload(campaigns(server, mongo))
        .noticedBy(server.script("validate-data.sh"))
        .backup("mongo-dump")
        .disaster(updateDocuments(mongo, "campaigns", "budgetCents", -1L, percent(20)))
        .recover("assess-damage", mongo.script("assess-damage.sh"))
        .recover("stop-application", server::stop)
        .recover("restore-from-backup", mongo.script("restore-mongodb.sh"))
        .recover("verify-restoration", mongo.script("verify-restore.sh"))
        .recover("restart-services", server::start)
        .recover("post-recovery-checks", server.script("check-endpoints.sh"))
        .verify(
            rowCounts(),
            fingerprints(),
            schemaObjects(),
            references(mongo),
            health(server),
            servesWrites())
        .meetsItsObjectives();
  }
}
