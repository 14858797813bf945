package dev.drillbook.plan;

import dev.drillbook.plan.RestoreCheck.Assertion;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.bson.BSONException;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.json.JsonParseException;

/** Reads what must be so in what was restored; what can be asked depends on the store. */
final class AssertionReader {
  private static final ValueType<String> SQL =
      new ValueType<>(
          "a query that returns what is wrong, and nothing where all is well",
          ValueType.TEXT.parser());

  private static final ValueType<String> PLACE =
      new ValueType<>("a place of objects, e.g. s3://assets/photos", AssertionReader::place);

  private static final ValueType<String> FILTER =
      new ValueType<>(
          "a filter of MongoDB's that finds what is wrong, e.g. '{\"total\": {\"$lt\": 0}}'",
          AssertionReader::filter);

  private static final ValueType<String> PIPELINE =
      new ValueType<>(
          "an aggregation of MongoDB's that finds what is wrong, e.g. '[{\"$match\": {\"total\": null}}]'",
          AssertionReader::pipeline);

  private static final Set<String> CAN_BE_ASKED =
      Set.of(ComponentKind.POSTGRES.word(), ComponentKind.MONGO.word());

  private final Optional<String> kind;

  /**
   * @param kind the store's; empty where the plan does not say so rightly, which is reported
   *     elsewhere
   */
  AssertionReader(Optional<String> kind) {
    this.kind = kind;
  }

  Supplier<Assertion> read(MapReader map) {
    Optional<String> id = map.required("id", ValueType.ID);
    Supplier<Assertion> assertion =
        kind.filter(ComponentKind.MONGO.word()::equals).isPresent()
            ? documents(map, id)
            : rows(map, id);
    kind.filter(store -> !CAN_BE_ASKED.contains(store))
        .ifPresent(
            store ->
                map.problem(
                    "id",
                    " asserts something of a component of kind " + store,
                    "remove it: of other stores than postgres and mongo, counts are looked at"));
    map.refuseOtherKeys();
    return assertion;
  }

  private static Supplier<Assertion> rows(MapReader map, Optional<String> id) {
    Optional<String> sql = map.required("sql", SQL);
    Optional<String> place = map.optional("objectsIn", PLACE);
    return () ->
        place.isPresent()
            ? new Assertion.Objects(id.orElseThrow(), sql.orElseThrow(), place.get())
            : new Assertion.Rows(id.orElseThrow(), sql.orElseThrow());
  }

  private static Supplier<Assertion> documents(MapReader map, Optional<String> id) {
    Optional<String> collection = map.required("collection", ValueType.TEXT);
    Optional<String> find = map.optional("find", FILTER);
    Optional<String> aggregate = map.optional("aggregate", PIPELINE);
    if (map.holds("find") == map.holds("aggregate")) {
      map.problem(
          "collection",
          map.holds("find") ? " is asked twice" : " is asked nothing",
          "write find: a filter, or aggregate: a pipeline; what it finds is wrong");
    }
    return () ->
        new Assertion.Documents(
            id.orElseThrow(), collection.orElseThrow(), find.or(() -> aggregate).orElseThrow());
  }

  private static String place(String text) throws BadValue {
    if (!text.matches("s3://[^/]+(/.*)?")) {
      throw new BadValue("not a place of objects", "write s3://bucket or s3://bucket/prefix");
    }
    return text;
  }

  private static String filter(String text) throws BadValue {
    try {
      return "[{\"$match\": " + BsonDocument.parse(text).toJson() + "}]";
    } catch (JsonParseException | BSONException e) {
      throw notJson("filter", e);
    }
  }

  private static String pipeline(String text) throws BadValue {
    try {
      BsonArray stages = BsonArray.parse(text);
      if (stages.stream().allMatch(stage -> stage.isDocument())) {
        return text;
      }
      throw new BadValue("not a pipeline", "write an array of stages, each in braces");
    } catch (JsonParseException | BSONException e) {
      throw notJson("pipeline", e);
    }
  }

  private static BadValue notJson(String what, RuntimeException e) {
    return new BadValue(
        "not a " + what + ": " + e.getMessage(),
        "write it in MongoDB's extended JSON, in single quotes");
  }
}
