package dev.drillbook.snapshot;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.bson.json.JsonMode;
import org.bson.json.JsonWriterSettings;

/**
 * Reads the collections of a MongoDB database. A document is its BSON as the server hands it out,
 * so the order of its fields and the types of its numbers count; it is known by its _id. Where an
 * index makes documents expire, each has the moment from which the server may remove it.
 */
final class MongoReader {
  private static final JsonWriterSettings EXACT =
      JsonWriterSettings.builder().outputMode(JsonMode.EXTENDED).build();
  private static final String ID = "_id";

  private final MongoDatabase database;
  private final KeyBudget budget;

  MongoReader(MongoDatabase database, KeyBudget budget) {
    this.database = database;
    this.budget = budget;
  }

  /** A field whose date makes documents expire so much later. */
  private record Expiry(String field, long afterMillis) {}

  StoreImage read() {
    SortedMap<String, GroupImage> groups = new TreeMap<>();
    for (BsonDocument collection : database.listCollections(BsonDocument.class)) {
      String name = collection.getString("name").getValue();
      if (!name.startsWith("system.")) {
        groups.put(name, read(name, collection));
      }
    }
    return new StoreImage(StoreImage.Kind.MONGO, groups);
  }

  private GroupImage read(String name, BsonDocument description) {
    GroupReading reading = new GroupReading(name, budget);
    String type = description.getString("type", new BsonString("collection")).getValue();
    reading.define(
        type + " " + name,
        BsonText.ofUnordered(description.getDocument("options", new BsonDocument())));
    if (!type.equals("view")) {
      List<Expiry> expiries = defineIndexes(reading, name);
      MongoCollection<RawBsonDocument> collection =
          database.getCollection(name, RawBsonDocument.class);
      for (RawBsonDocument document : collection.find()) {
        add(reading, document, expiries);
      }
    }
    return reading.build(Instant.now());
  }

  private List<Expiry> defineIndexes(GroupReading reading, String collection) {
    List<Expiry> expiries = new ArrayList<>();
    for (BsonDocument index : database.getCollection(collection).listIndexes(BsonDocument.class)) {
      // Where it is, and in which format: neither is of the definition.
      index.remove("ns");
      index.remove("v");
      String name = index.getString("name").getValue();
      reading.define("index " + collection + "." + name, BsonText.ofUnordered(index));
      BsonDocument key = index.getDocument("key");
      if (index.isNumber("expireAfterSeconds") && key.size() == 1) {
        expiries.add(
            new Expiry(
                key.getFirstKey(),
                TimeUnit.SECONDS.toMillis(index.getNumber("expireAfterSeconds").longValue())));
      }
    }
    return expiries;
  }

  private static void add(GroupReading reading, RawBsonDocument document, List<Expiry> expiries) {
    EntryHash hash = new EntryHash.Builder().part(document.getByteBuffer().asNIO()).build();
    BsonValue id = document.get(ID);
    String key =
        id == null ? "without an _id, hash %016x%016x".formatted(hash.high(), hash.low()) : key(id);
    reading.add(key, hash, expiresAt(document, expiries));
  }

  private static String key(BsonValue id) {
    if (id.isObjectId()) {
      return "ObjectId(" + id.asObjectId().getValue().toHexString() + ")";
    }
    String json = new BsonDocument(ID, id).toJson(EXACT);
    return json.substring("{\"_id\": ".length(), json.length() - 1);
  }

  private static long expiresAt(RawBsonDocument document, List<Expiry> expiries) {
    long earliest = KeptKeys.NEVER;
    for (Expiry expiry : expiries) {
      if (document.get(expiry.field()) instanceof org.bson.BsonDateTime date) {
        long at = Math.max(0, date.getValue() + expiry.afterMillis());
        earliest = earliest == KeptKeys.NEVER ? at : Math.min(earliest, at);
      }
    }
    return earliest;
  }
}
