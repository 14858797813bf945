package dev.drillbook.site.embedded;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Updates.set;
import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import dev.drillbook.site.Mongo;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedMongoKillIT {
  @TempDir Path planFolder;

  @Test
  void noAcknowledgedWriteIsLostInTwentyKills() throws Exception {
    try (EmbeddedSite site =
        EmbeddedSite.create(
            StorePlans.mongo(planFolder),
            1,
            Installations.ofThisMachine(System.getenv(), s -> {}))) {
      Mongo store = site.mongo("store");
      site.bringUp();

      int writes = new KilledUnderLoad().times(20, store, () -> new Documents(store.connect()));

      assertThat(writes).isGreaterThan(500);
    }
  }

  private record Documents(MongoClient client, MongoCollection<Document> collection)
      implements KilledUnderLoad.Keys {
    Documents(MongoClient client) {
      this(client, client.getDatabase("shop").getCollection("orders"));
    }

    @Override
    public void put(String key, String value, boolean isNew) {
      if (isNew) {
        collection.insertOne(new Document("_id", key).append("value", value));
      } else {
        assertThat(collection.updateOne(eq("_id", key), set("value", value)).getMatchedCount())
            .as("a document that was acknowledged is found by its id")
            .isOne();
      }
    }

    @Override
    public void remove(String key) {
      assertThat(collection.deleteOne(eq("_id", key)).getDeletedCount()).isOne();
    }

    @Override
    public Map<String, String> contents() {
      Map<String, String> contents = new HashMap<>();
      for (Document document : collection.find()) {
        contents.put(document.getString("_id"), document.getString("value"));
      }
      assertThat(collection.countDocuments()).isEqualTo(contents.size());
      return contents;
    }

    @Override
    public void close() {
      client.close();
    }
  }
}
