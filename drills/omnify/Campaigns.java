package omnify;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import dev.drillbook.site.App;
import dev.drillbook.site.Mongo;
import dev.drillbook.workload.Contents;
import dev.drillbook.workload.Operation;
import dev.drillbook.workload.Workload;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.bson.Document;
import org.bson.conversions.Bson;
import web.ApiClient;
import web.MadeThenChanged;

/**
 * Advertisers who create campaigns, and launch every fourth of them, through the server's API. A
 * campaign stands in the ledger as {@code status|budget in cents|version}.
 */
public final class Campaigns extends MadeThenChanged {
  private static final int LAUNCH_EVERY = 4;
  private static final int USERS = 200;
  private static final Bson OURS = Filters.regex("campaign", "^" + PREFIX);

  private final ApiClient api;
  private final Mongo store;

  private Campaigns(Supplier<URI> server, Mongo store) {
    super("campaign", LAUNCH_EVERY);
    this.api = new ApiClient(server);
    this.store = store;
  }

  /** Campaigns through {@code server}, which are looked up in {@code store} when all is over. */
  public static Workload campaigns(App server, Mongo store) {
    return campaigns(server::address, store);
  }

  /** The same through a service address. */
  public static Workload campaigns(Supplier<URI> server, Mongo store) {
    return new Campaigns(server, store);
  }

  @Override
  public String name() {
    return "campaigns";
  }

  @Override
  public Operation insert(String tag) {
    String ref = PREFIX + tag;
    ThreadLocalRandom random = ThreadLocalRandom.current();
    int budgetCents = random.nextInt(1_000, 1_000_000);
    String body =
        "{\"ref\":\"%s\",\"owner\":%d,\"budgetCents\":%d}"
            .formatted(ref, random.nextInt(1, USERS + 1), budgetCents);
    return new Operation(
        Operation.Kind.INSERT,
        ref,
        "draft|" + budgetCents + "|1",
        timeout -> api.write("POST", "/api/campaigns", body, 201, timeout));
  }

  @Override
  protected Operation change(Operation draft) {
    String budgetCents = draft.value().split("\\|", -1)[1];
    return new Operation(
        Operation.Kind.UPDATE,
        draft.key(),
        "active|" + budgetCents + "|2",
        timeout ->
            api.write("POST", "/api/campaigns/" + draft.key() + "/launch", "", 200, timeout));
  }

  @Override
  public Optional<String> read(String key, Duration timeout) throws IOException {
    return api.find(
        "/api/campaigns/" + key,
        timeout,
        campaign ->
            campaign.get("status").asText()
                + "|"
                + campaign.get("budgetCents").asLong()
                + "|"
                + campaign.get("version").asInt());
  }

  /**
   * A change counts once it stands in the audit trail, which is what the server waits for: without
   * transactions, one whose answer was lost may have been made half.
   */
  @Override
  public void contents(Contents sink) {
    try (MongoClient client = store.connect()) {
      MongoDatabase database = client.getDatabase(store.database());
      Map<String, Integer> trail = new HashMap<>();
      for (Document entry : database.getCollection(Documents.AUDIT).find(OURS)) {
        trail.merge(entry.getString("campaign"), 1, Integer::sum);
      }
      for (Document campaign :
          database.getCollection(Documents.CAMPAIGNS).find(Filters.regex("_id", "^" + PREFIX))) {
        String ref = campaign.getString("_id");
        int entries = trail.getOrDefault(ref, 0);
        if (entries > 0) {
          sink.row(ref, value(campaign, entries));
        }
      }
    }
  }

  private static String value(Document campaign, int entries) {
    int version = campaign.getInteger("version");
    if (version == entries + 1 && version == 2) {
      return "draft|" + campaign.get("budgetCents") + "|1";
    }
    return campaign.getString("status")
        + "|"
        + campaign.get("budgetCents")
        + "|"
        + version
        + (version == entries ? "" : " but " + entries + " entries in its audit trail");
  }
}
