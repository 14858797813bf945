package dev.drillbook.fault;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import dev.drillbook.site.Mongo;
import dev.drillbook.timeline.DrillException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.bson.conversions.Bson;

/**
 * Documents that chance has picked, by their ids: the same ones for the same seed and the same ids,
 * in whichever order the server hands them out.
 *
 * @param ids at least one
 */
record PickedDocuments(List<BsonValue> ids) {
  private static final int SHOWN = 20;

  static MongoCollection<BsonDocument> collection(MongoClient client, Mongo target, String name) {
    return client.getDatabase(target.database()).getCollection(name, BsonDocument.class);
  }

  /**
   * Picks.
   *
   * @throws DrillException if the collection is empty, or not there: nothing would be hit
   */
  static PickedDocuments of(
      MongoCollection<BsonDocument> collection, Extent extent, RandomGenerator chance) {
    long seed = chance.nextLong();
    List<BsonValue> ids = new ArrayList<>();
    collection
        .find()
        .projection(Projections.include("_id"))
        .forEach(document -> ids.add(document.get("_id")));
    if (ids.isEmpty()) {
      throw new DrillException(
          "the collection "
              + collection.getNamespace().getCollectionName()
              + " is empty: no document can be hit",
          "fill it before the disaster");
    }
    ids.sort(
        Comparator.comparingLong((BsonValue id) -> draw(id, seed))
            .thenComparing(BsonValue::toString));
    return new PickedDocuments(List.copyOf(ids.subList(0, (int) extent.of(ids.size()))));
  }

  private static long draw(BsonValue id, long seed) {
    return new SplittableRandom(seed ^ id.toString().hashCode()).nextLong();
  }

  Bson filter() {
    return Filters.in("_id", ids);
  }

  List<String> describe(String collection) {
    List<String> lines = new ArrayList<>();
    lines.add(ids.size() + " documents of " + collection);
    ids.stream().limit(SHOWN).map(BsonValue::toString).forEach(lines::add);
    if (ids.size() > SHOWN) {
      lines.add("and " + (ids.size() - SHOWN) + " more");
    }
    return lines;
  }
}
