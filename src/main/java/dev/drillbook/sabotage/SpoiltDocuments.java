package dev.drillbook.sabotage;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import dev.drillbook.site.Condition;
import dev.drillbook.site.Mongo;
import java.util.ArrayList;
import java.util.Comparator;
import org.bson.BsonDocument;

/**
 * What can be wrong with a MongoDB database that looks restored: in its largest collection, in one
 * of the first documents, because the last may be newer than the backup.
 */
final class SpoiltDocuments {
  private SpoiltDocuments() {}

  private interface Deed {
    void on(MongoCollection<BsonDocument> collection, BsonDocument document);
  }

  static void loseOne(Sabotage.Scene scene) {
    spoil(scene, (from, document) -> from.deleteOne(Filters.eq("_id", document.get("_id"))));
  }

  static void alterOne(Sabotage.Scene scene) {
    spoil(
        scene,
        (in, document) ->
            in.updateOne(Filters.eq("_id", document.get("_id")), Updates.set("spoilt", true)));
  }

  private static void spoil(Sabotage.Scene scene, Deed deed) {
    Mongo store =
        scene.site().components().stream()
            .filter(Mongo.class::isInstance)
            .filter(component -> component.condition() != Condition.DOWN)
            .map(Mongo.class::cast)
            .findFirst()
            .orElseThrow();
    try (MongoClient client = store.connect()) {
      var database = client.getDatabase(store.database());
      MongoCollection<BsonDocument> largest =
          database.listCollectionNames().into(new ArrayList<>()).stream()
              .map(name -> database.getCollection(name, BsonDocument.class))
              .max(Comparator.comparingLong(MongoCollection::countDocuments))
              .orElseThrow();
      int early = (int) (largest.countDocuments() / 8);
      deed.on(largest, largest.find().skip(early).first());
    }
  }
}
