package omnify;

import static com.mongodb.client.model.Filters.eq;
import static dev.drillbook.fault.Act.act;
import static dev.drillbook.verification.BackedUpRows.backedUpRows;
import static dev.drillbook.verification.Fingerprints.fingerprints;
import static dev.drillbook.verification.Health.health;
import static dev.drillbook.verification.RowCounts.rowCounts;
import static dev.drillbook.verification.SchemaObjects.schemaObjects;
import static dev.drillbook.verification.ServesWrites.servesWrites;
import static omnify.Campaigns.campaigns;
import static omnify.References.references;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import dev.drillbook.fault.Bite;
import dev.drillbook.fault.Fault;
import dev.drillbook.junit.Drill;
import dev.drillbook.run.DrillRun;
import dev.drillbook.site.Mongo;
import java.util.function.Function;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.junit.jupiter.api.Test;

@Drill(plan = "omnify", scenario = "data-loss")
class DataLossDrill {
  private static final Bson ENDED = eq("status", "ended");

  @Test
  void theLostCampaignsComeBackAndNoNewerOneIsLost(DrillRun drill) {
    var mongo = drill.mongo("mongo");
    var server = drill.app("server");

    drill
        .workload(campaigns(server, mongo))
        .noticedBy(server.script("validate-data.sh"))
        .backup("mongo-dump")
        .keepsNewerWrites()
        .disaster(cleanUpOfEndedCampaigns(mongo))
        .recover("stop-application", server::stop)
        .recover("restore-collection", mongo.script("restore-collection.sh", "campaigns"))
        .recover("verify-data-integrity", mongo.script("verify-restore.sh"))
        .recover("restart-application", server::start)
        .recover("check-endpoints", server.script("check-endpoints.sh"))
        .verify(
            rowCounts(),
            fingerprints("users"),
            backedUpRows(),
            schemaObjects(),
            references(mongo),
            health(server),
            servesWrites())
        .meetsItsObjectives();
  }

  /** The filter meant another collection. */
  private static Fault cleanUpOfEndedCampaigns(Mongo mongo) {
    return act(
        "a clean-up deletes ended campaigns",
        () -> inCampaigns(mongo, campaigns -> campaigns.deleteMany(ENDED)),
        () -> {
          long left = inCampaigns(mongo, campaigns -> campaigns.countDocuments(ENDED));
          return new Bite(left == 0, left + " ended campaigns are left");
        });
  }

  private static <T> T inCampaigns(Mongo mongo, Function<MongoCollection<Document>, T> work) {
    try (MongoClient client = mongo.connect()) {
      return work.apply(client.getDatabase(mongo.database()).getCollection("campaigns"));
    }
  }
}
