package dev.drillbook.snapshot;

import java.util.TreeMap;
import java.util.stream.Collectors;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/**
 * Definitions as text. Numbers of equal value are one, whatever their type: tools and servers write
 * an index's direction as 1 or as 1.0.
 */
final class BsonText {
  private BsonText() {}

  /** Of a document whose own fields have no order, while those of documents in it have. */
  static String ofUnordered(BsonDocument document) {
    return new TreeMap<>(document)
        .entrySet().stream()
            .map(field -> field.getKey() + ": " + of(field.getValue()))
            .collect(Collectors.joining(", ", "{", "}"));
  }

  private static String of(BsonValue value) {
    if (value instanceof BsonDocument document) {
      return document.entrySet().stream()
          .map(field -> field.getKey() + ": " + of(field.getValue()))
          .collect(Collectors.joining(", ", "{", "}"));
    }
    if (value instanceof BsonArray array) {
      return array.stream().map(BsonText::of).collect(Collectors.joining(", ", "[", "]"));
    }
    if (value.isNumber()) {
      double number = value.asNumber().doubleValue();
      return number == Math.rint(number) && Math.abs(number) < 1L << 53
          ? String.valueOf((long) number)
          : value.toString();
    }
    if (value.isBoolean()) {
      return String.valueOf(value.asBoolean().getValue());
    }
    return value.isString() ? "'" + value.asString().getValue() + "'" : value.toString();
  }
}
