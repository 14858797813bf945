package dev.drillbook.site.embedded.standin.aws;

import java.util.Iterator;
import java.util.Map;

/** An answer in JSON, four spaces a level. */
final class Json {
  private static final int INDENT = 4;

  private final StringBuilder text = new StringBuilder();

  private Json() {}

  static String of(Shape shape) {
    Json json = new Json();
    json.add(shape, 0);
    return json.text.toString();
  }

  static String quoted(String value) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < value.length(); i++) {
      char each = value.charAt(i);
      switch (each) {
        case '"' -> quoted.append("\\\"");
        case '\\' -> quoted.append("\\\\");
        case '\n' -> quoted.append("\\n");
        case '\r' -> quoted.append("\\r");
        case '\t' -> quoted.append("\\t");
        default -> {
          if (each < ' ') {
            quoted.append("\\u%04x".formatted((int) each));
          } else {
            quoted.append(each);
          }
        }
      }
    }
    return quoted.append('"').toString();
  }

  private void add(Shape shape, int level) {
    if (shape instanceof Shape.Value value) {
      text.append(value.json());
    } else if (shape instanceof Shape.Listing listing) {
      Iterator<Shape> elements = listing.elements().iterator();
      open("[", elements.hasNext(), level);
      while (elements.hasNext()) {
        add(elements.next(), level + 1);
        next(elements.hasNext(), level);
      }
      text.append(']');
    } else if (shape instanceof Shape.Fields fields) {
      Iterator<Map.Entry<String, Shape>> entries = fields.byName().entrySet().iterator();
      open("{", entries.hasNext(), level);
      while (entries.hasNext()) {
        Map.Entry<String, Shape> entry = entries.next();
        text.append(quoted(entry.getKey())).append(": ");
        add(entry.getValue(), level + 1);
        next(entries.hasNext(), level);
      }
      text.append('}');
    }
  }

  private void open(String bracket, boolean hasMore, int level) {
    text.append(bracket);
    if (hasMore) {
      line(level + 1);
    }
  }

  private void next(boolean hasMore, int level) {
    if (hasMore) {
      text.append(',');
      line(level + 1);
    } else {
      line(level);
    }
  }

  private void line(int level) {
    text.append('\n').append(" ".repeat(INDENT * level));
  }
}
