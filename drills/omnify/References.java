package omnify;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoDatabase;
import dev.drillbook.site.Mongo;
import dev.drillbook.timeline.Finding;
import dev.drillbook.verification.Check;
import dev.drillbook.verification.Evidence;
import java.util.List;

/**
 * Every event and every entry of the audit trail has its campaign, every campaign its owner, and
 * each says something possible. MongoDB holds none of this itself.
 */
public record References(Mongo store) implements Check {

  public static Check references(Mongo store) {
    return new References(store);
  }

  @Override
  public String name() {
    return "references";
  }

  @Override
  public Examined examine(Evidence evidence) {
    try (MongoClient client = store.connect()) {
      MongoDatabase database = client.getDatabase(store.database());
      long looked =
          database.getCollection(Documents.CAMPAIGNS).countDocuments()
              + database.getCollection(Documents.EVENTS).countDocuments()
              + database.getCollection(Documents.AUDIT).countDocuments();
      List<Finding> findings =
          ConsistencyEndpoint.wrong(database).entrySet().stream()
              .map(
                  each ->
                      Finding.fail(
                          name(),
                          "no " + each.getKey() + " in " + store.name(),
                          String.valueOf(each.getValue()),
                          "collections that were restored must be of one moment"))
              .toList();
      return new Examined(looked + " documents that refer to others", looked, findings);
    }
  }
}
