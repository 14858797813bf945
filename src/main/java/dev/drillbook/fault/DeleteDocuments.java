package dev.drillbook.fault;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import dev.drillbook.site.Mongo;
import org.bson.BsonDocument;

/** Documents vanish, as after a deleteMany with a wrong filter. */
@About(
    kind = About.Kind.DATA,
    does = "deletes documents",
    hits = "MongoDB",
    needs = "it runs",
    bites = "so many documents were deleted")
public record DeleteDocuments(Mongo target, String collection, Extent extent) implements Fault {

  public static Fault deleteDocuments(Mongo target, String collection, Extent extent) {
    return new DeleteDocuments(target, collection, extent);
  }

  @Override
  public String name() {
    return "delete "
        + extent.text()
        + " of the documents of "
        + collection
        + " in "
        + target.name();
  }

  @Override
  public ActiveFault inject(Scene scene) {
    Faults.requireRunning(target, "robbed of documents");
    try (MongoClient client = target.connect()) {
      MongoCollection<BsonDocument> documents =
          PickedDocuments.collection(client, target, collection);
      PickedDocuments picked = PickedDocuments.of(documents, extent, scene.chance());
      long deleted = documents.deleteMany(picked.filter()).getDeletedCount();
      return ActiveFault.over(
          picked.describe(collection),
          () -> Bite.of(deleted == picked.ids().size(), deleted + " documents were deleted"));
    }
  }
}
