package dev.drillbook.site.embedded.standin;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonValue;

/** A value as MongoDB's shell prints it: in one line if that is short enough, else a line each. */
final class ShellText {
  private static final int LINE_CHARS = 80;

  /** What the shell, or rather Node.js, reckons for brackets when it looks for room. */
  private static final int ROOM_CHARS = 11;

  private ShellText() {}

  static String of(BsonValue value) {
    return value.isString() ? value.asString().getValue() : inside(value, 0);
  }

  private static String inside(BsonValue value, int indent) {
    return switch (value.getBsonType()) {
      case STRING ->
          "'" + value.asString().getValue().replace("\\", "\\\\").replace("'", "\\'") + "'";
      case INT32 -> String.valueOf(value.asInt32().getValue());
      // One of the driver's own countings; what a server sends so is named as such.
      case INT64 ->
          indent == 0
              ? String.valueOf(value.asInt64().getValue())
              : "Long('" + value.asInt64().getValue() + "')";
      case DOUBLE -> number(value.asDouble().getValue());
      case BOOLEAN -> String.valueOf(value.asBoolean().getValue());
      case NULL -> "null";
      case UNDEFINED -> "";
      case OBJECT_ID -> "ObjectId('" + value.asObjectId().getValue() + "')";
      case DATE_TIME -> "ISODate('" + Instant.ofEpochMilli(value.asDateTime().getValue()) + "')";
      case TIMESTAMP ->
          "Timestamp({ t: %d, i: %d })"
              .formatted(value.asTimestamp().getTime(), value.asTimestamp().getInc());
      case DOCUMENT -> {
        List<String> entries = new ArrayList<>();
        value
            .asDocument()
            .forEach((name, each) -> entries.add(key(name) + ": " + inside(each, indent + 2)));
        yield joined("{", entries, "}", indent);
      }
      case ARRAY ->
          joined(
              "[",
              value.asArray().stream().map(each -> inside(each, indent + 2)).toList(),
              "]",
              indent);
      default -> value.toString();
    };
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? String.valueOf((long) value)
        : String.valueOf(value);
  }

  private static String key(String name) {
    return name.matches("[A-Za-z_$][\\w$]*") ? name : "'" + name.replace("'", "\\'") + "'";
  }

  private static String joined(String open, List<String> entries, String close, int indent) {
    if (entries.isEmpty()) {
      return open.equals("{") ? "{}" : "[]";
    }
    int chars = entries.stream().mapToInt(String::length).sum();
    boolean hasLines = entries.stream().anyMatch(entry -> entry.contains("\n"));
    if (!hasLines && chars + 2 * entries.size() + ROOM_CHARS + indent <= LINE_CHARS) {
      return open + " " + String.join(", ", entries) + " " + close;
    }
    String margin = "\n" + " ".repeat(indent);
    return open + margin + "  " + String.join("," + margin + "  ", entries) + margin + close;
  }
}
