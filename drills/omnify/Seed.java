package omnify;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import web.Environment;

/**
 * Fills an empty database: per scale 200 users, 600 campaigns with an entry each in the audit
 * trail, and 1,200 events; the same documents on every run.
 *
 * <p>Environment: {@code MONGO_URL}, {@code MONGO_DATABASE} (or those of the component that the
 * first argument names), {@code SCALE}.
 */
public final class Seed {
  private static final Instant START = Instant.parse("2025-01-01T00:00:00Z");
  private static final List<String> STATES = List.of("ended", "active", "draft", "active");
  private static final int BATCH = 1_000;

  private Seed() {}

  public static void main(String[] arguments) throws Environment.Invalid {
    String store = arguments.length == 0 ? "MONGO" : arguments[0];
    Environment environment = new Environment(System.getenv());
    String url = environment.required(store + "_URL");
    String database = environment.required(store + "_DATABASE");
    environment.requireValid();
    double scale = Double.parseDouble(environment.optional("SCALE", "1"));
    try (MongoClient client = MongoClients.create(url)) {
      fill(client.getDatabase(database), scale);
    }
  }

  /** The documents, and then the indexes. */
  static void fill(MongoDatabase database, double scale) {
    int users = count(200, scale);
    int campaigns = count(600, scale);
    List<Document> batch = new ArrayList<>();
    for (int n = 1; n <= users; n++) {
      add(database, Documents.USERS, batch, user(n));
    }
    flush(database, Documents.USERS, batch);
    for (int n = 1; n <= campaigns; n++) {
      add(database, Documents.CAMPAIGNS, batch, campaign(n, users));
    }
    flush(database, Documents.CAMPAIGNS, batch);
    for (int n = 1; n <= 2 * campaigns; n++) {
      add(database, Documents.EVENTS, batch, event(n, campaigns));
    }
    flush(database, Documents.EVENTS, batch);
    for (int n = 1; n <= campaigns; n++) {
      add(database, Documents.AUDIT, batch, entry(n));
    }
    flush(database, Documents.AUDIT, batch);
    index(database);
  }

  private static void index(MongoDatabase database) {
    database
        .getCollection(Documents.USERS)
        .createIndex(Indexes.ascending("email"), new IndexOptions().unique(true));
    database.getCollection(Documents.CAMPAIGNS).createIndex(Indexes.ascending("owner"));
    database.getCollection(Documents.CAMPAIGNS).createIndex(Indexes.ascending("status"));
    database.getCollection(Documents.EVENTS).createIndex(Indexes.ascending("campaign", "at"));
    database.getCollection(Documents.AUDIT).createIndex(Indexes.ascending("campaign"));
  }

  private static Document user(int n) {
    return new Document("_id", n)
        .append("email", "advertiser" + n + "@example.com")
        .append("name", "Advertiser " + n)
        .append("plan", n % 5 == 0 ? "business" : "starter");
  }

  private static Document campaign(int n, int users) {
    return new Document("_id", ref(n))
        .append("owner", 1 + n % users)
        .append("name", "Campaign " + n)
        .append("status", STATES.get(n % STATES.size()))
        .append("budgetCents", 1_000L + (n * 37L) % 99_000)
        .append("version", 1)
        .append("createdAt", at(n));
  }

  private static Document event(int n, int campaigns) {
    return new Document("_id", "seed-event-" + n)
        .append("campaign", ref(1 + n % campaigns))
        .append("type", n % 10 == 0 ? "click" : "impression")
        .append("count", 1 + n % 7)
        .append("at", at(n));
  }

  private static Document entry(int n) {
    return new Document("_id", ref(n) + "#1")
        .append("campaign", ref(n))
        .append("action", "created")
        .append("at", at(n));
  }

  private static String ref(int n) {
    return "seed-%06d".formatted(n);
  }

  private static Date at(int n) {
    return Date.from(START.plusSeconds(n * 20L));
  }

  private static int count(int each, double scale) {
    return (int) Math.max(1, Math.round(each * scale));
  }

  private static void add(
      MongoDatabase database, String collection, List<Document> batch, Document document) {
    batch.add(document);
    if (batch.size() == BATCH) {
      flush(database, collection, batch);
    }
  }

  private static void flush(MongoDatabase database, String collection, List<Document> batch) {
    if (!batch.isEmpty()) {
      database.getCollection(collection).insertMany(batch);
      batch.clear();
    }
  }
}
