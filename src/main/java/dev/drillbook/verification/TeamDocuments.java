package dev.drillbook.verification;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCursor;
import dev.drillbook.site.Mongo;
import dev.drillbook.timeline.Finding;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.conversions.Bson;

/**
 * An aggregation of the team's, which finds documents that are wrong: it must find none.
 *
 * @param id what the team calls it
 * @param collection of the database; one that is not there is an error, not an empty one
 * @param pipeline as MongoDB's extended JSON
 */
public record TeamDocuments(Mongo server, String id, String collection, String pipeline)
    implements Check {

  @Override
  public String name() {
    return "assertion " + id;
  }

  @Override
  public Examined examine(Evidence evidence) {
    List<Bson> stages = new ArrayList<>();
    BsonArray.parse(pipeline).forEach(stage -> stages.add(stage.asDocument()));
    try (MongoClient client = server.connect()) {
      var database = client.getDatabase(server.database());
      if (!database.listCollectionNames().into(new ArrayList<>()).contains(collection)) {
        return new Examined("nothing", 1, List.of(noSuchCollection()));
      }
      try (MongoCursor<BsonDocument> found =
          database
              .getCollection(collection, BsonDocument.class)
              .aggregate(stages)
              .allowDiskUse(true)
              .iterator()) {
        return new Examined("what an aggregation of the team's finds wrong", 1, findings(found));
      }
    }
  }

  private Finding noSuchCollection() {
    return Finding.fail(
        name(),
        "there is a collection " + collection,
        "there is none of that name",
        "is it in the backup? else mend the assertion");
  }

  private List<Finding> findings(MongoCursor<BsonDocument> found) {
    List<String> examples = new ArrayList<>();
    long count = 0;
    while (found.hasNext()) {
      BsonDocument document = found.next();
      if (count++ < Finding.MAX_EXAMPLES) {
        examples.add(document.toJson());
      }
    }
    return count == 0
        ? List.of()
        : List.of(
            Finding.fail(
                    name(),
                    "the aggregation finds no document",
                    count + (count == 1 ? " document" : " documents"),
                    "these are what the team's aggregation calls wrong: is it so in production too?")
                .withExamples(examples));
  }
}
