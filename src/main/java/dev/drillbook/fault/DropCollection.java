package dev.drillbook.fault;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoDatabase;
import dev.drillbook.site.Mongo;
import dev.drillbook.timeline.DrillException;
import java.util.ArrayList;
import java.util.List;

/**
 * Collections are dropped, with their indexes.
 *
 * @param collection one; empty for the whole database
 */
@About(
    kind = About.Kind.DATA,
    does = "drops a collection, or all of them",
    hits = "MongoDB",
    needs = "it runs",
    bites = "the collections are gone")
public record DropCollection(Mongo target, String collection) implements Fault {

  public static Fault dropCollection(Mongo target, String collection) {
    return new DropCollection(target, collection);
  }

  /** The whole database. */
  public static Fault dropCollections(Mongo target) {
    return new DropCollection(target, "");
  }

  @Override
  public String name() {
    return "drop "
        + (collection.isEmpty() ? "the database" : "the collection " + collection)
        + " of "
        + target.name();
  }

  @Override
  public ActiveFault inject(Scene scene) {
    Faults.requireRunning(target, "robbed of collections");
    try (MongoClient client = target.connect()) {
      MongoDatabase database = client.getDatabase(target.database());
      List<String> there = database.listCollectionNames().into(new ArrayList<>());
      List<String> doomed = collection.isEmpty() ? there : List.of(collection);
      if (there.isEmpty() || !there.containsAll(doomed)) {
        throw new DrillException(
            target.name()
                + " has no "
                + (collection.isEmpty() ? "collection" : "collection " + collection),
            "it has " + there);
      }
      if (collection.isEmpty()) {
        database.drop();
      } else {
        database.getCollection(collection).drop();
      }
      return ActiveFault.over(
          doomed.stream().map(one -> "the collection " + one).toList(), () -> look(doomed));
    }
  }

  private Bite look(List<String> doomed) {
    try (MongoClient client = target.connect()) {
      List<String> left =
          client.getDatabase(target.database()).listCollectionNames().into(new ArrayList<>());
      left.retainAll(doomed);
      return Bite.of(left.isEmpty(), left.isEmpty() ? doomed + " are gone" : left + " are there");
    }
  }
}
