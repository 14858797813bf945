package dev.drillbook.site.embedded.standin.aws;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallLocation;

/** An answer of the service's, as it is printed. */
sealed interface Shape {

  /**
   * A single value.
   *
   * @param text as {@code --output text} has it
   * @param json the same in JSON
   */
  record Value(String text, String json) implements Shape {
    static final Value NONE = new Value("None", "null");

    static Value of(String text) {
      return new Value(text, Json.quoted(text));
    }
  }

  record Listing(List<Shape> elements) implements Shape {}

  /** In the order that JSON has them. */
  record Fields(Map<String, Shape> byName) implements Shape {
    Fields with(String name, Shape value) {
      Map<String, Shape> more = new LinkedHashMap<>(byName);
      more.put(name, value);
      return new Fields(more);
    }

    /** What is a single value, or nothing at all, stands in one row in text. */
    private boolean isScalar(String name) {
      return !byName.containsKey(name) || byName.get(name) instanceof Value;
    }

    private String text(String name) {
      return byName.get(name) instanceof Value value ? value.text : "";
    }
  }

  /** What the SDK has read of an answer, without what the answer did not have. */
  static Fields of(SdkPojo answer) {
    Map<String, Shape> fields = new LinkedHashMap<>();
    // The AWS CLI reads the headers of an answer before its body.
    answer.sdkFields().stream()
        .sorted(Comparator.comparing(field -> field.location() == MarshallLocation.PAYLOAD))
        .forEach(field -> add(field, answer, fields));
    return new Fields(fields);
  }

  private static void add(SdkField<?> field, SdkPojo of, Map<String, Shape> to) {
    Object value = field.getValueOrDefault(of);
    if (value != null && !(value instanceof List<?> list && list.isEmpty())) {
      to.put(field.memberName(), ofValue(value));
    }
  }

  static Listing ofAll(List<? extends SdkPojo> answers) {
    return new Listing(answers.stream().<Shape>map(Shape::of).toList());
  }

  private static Shape ofValue(Object value) {
    if (value instanceof SdkPojo part) {
      return of(part);
    }
    if (value instanceof List<?> list) {
      return new Listing(list.stream().map(Shape::ofValue).toList());
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, Shape> fields = new LinkedHashMap<>();
      map.forEach((name, each) -> fields.put(String.valueOf(name), ofValue(each)));
      return new Fields(fields);
    }
    if (value instanceof Boolean isSo) {
      return new Value(isSo ? "True" : "False", String.valueOf(isSo));
    }
    if (value instanceof Number) {
      return new Value(value.toString(), value.toString());
    }
    return Value.of(value instanceof Instant time ? text(time) : value.toString());
  }

  private static String text(Instant time) {
    boolean isWhole = time.truncatedTo(ChronoUnit.SECONDS).equals(time);
    String pattern = isWhole ? "uuuu-MM-dd'T'HH:mm:ssxxx" : "uuuu-MM-dd'T'HH:mm:ss.SSSSSSxxx";
    return DateTimeFormatter.ofPattern(pattern).format(time.atOffset(ZoneOffset.UTC));
  }

  /** The rows of {@code --output text}: tabs between the values, in the order of their names. */
  default List<String> rows() {
    List<String> rows = new ArrayList<>();
    addRows(rows, "", List.of());
    return rows;
  }

  /**
   * @param label what a row begins with, if anything
   * @param columns the names of the values that the rows beside this one have; empty for its own
   */
  private void addRows(List<String> rows, String label, List<String> columns) {
    if (this instanceof Fields fields) {
      List<String> all = new ArrayList<>(new TreeSet<>(fields.byName.keySet()));
      List<String> scalars =
          columns.isEmpty() ? all.stream().filter(fields::isScalar).toList() : columns;
      if (!scalars.isEmpty()) {
        Stream<String> first = label.isEmpty() ? Stream.of() : Stream.of(label);
        rows.add(
            String.join("\t", Stream.concat(first, scalars.stream().map(fields::text)).toList()));
      }
      all.removeAll(scalars);
      for (String name : all) {
        fields.byName.get(name).addRows(rows, label(name), List.of());
      }
    } else if (this instanceof Listing listing) {
      List<String> common = scalarColumns(listing);
      listing.elements.forEach(element -> element.addRows(rows, label, common));
    } else if (this instanceof Value value) {
      rows.add(label.isEmpty() ? value.text : label + "\t" + value.text);
    }
  }

  private static String label(String name) {
    return name.toUpperCase(Locale.ROOT);
  }

  private static List<String> scalarColumns(Listing listing) {
    TreeSet<String> names = new TreeSet<>();
    for (Shape element : listing.elements) {
      if (element instanceof Fields fields) {
        fields.byName.keySet().stream().filter(fields::isScalar).forEach(names::add);
      }
    }
    return List.copyOf(names);
  }
}
