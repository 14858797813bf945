package dev.drillbook.fault;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Updates;
import dev.drillbook.site.Mongo;
import org.bson.BsonDocument;

/** A field gets a wrong value, as after an updateMany with a wrong filter, or by a bug. */
@About(
    kind = About.Kind.DATA,
    does = "sets a field to a value",
    hits = "MongoDB",
    needs = "it runs",
    bites = "documents have another value")
public record UpdateDocuments(
    Mongo target, String collection, String field, Object value, Extent extent) implements Fault {

  public static Fault updateDocuments(
      Mongo target, String collection, String field, Object value, Extent extent) {
    return new UpdateDocuments(target, collection, field, value, extent);
  }

  @Override
  public String name() {
    return "set "
        + collection
        + "."
        + field
        + " to "
        + value
        + " in "
        + extent.text()
        + " of the documents in "
        + target.name();
  }

  @Override
  public ActiveFault inject(Scene scene) {
    Faults.requireRunning(target, "changed");
    try (MongoClient client = target.connect()) {
      MongoCollection<BsonDocument> documents =
          PickedDocuments.collection(client, target, collection);
      PickedDocuments picked = PickedDocuments.of(documents, extent, scene.chance());
      long changed =
          documents.updateMany(picked.filter(), Updates.set(field, value)).getModifiedCount();
      return ActiveFault.over(
          picked.describe(collection),
          () -> Bite.of(changed > 0, changed + " documents have another value"));
    }
  }
}
