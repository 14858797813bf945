package dev.drillbook.plan;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A YAML tree in which everything knows its line, counted from 1. */
sealed interface Yaml {

  int line();

  /** What it is, for a message: {@code a text}, {@code a list}. */
  String kind();

  /** Its value on one line, as flow style would show it. */
  String text();

  /** A number and a truth value are texts too, until somebody asks for one. */
  record Scalar(int line, String text) implements Yaml {
    @Override
    public String kind() {
      return "a text";
    }
  }

  /** A key without a value. */
  record Nothing(int line) implements Yaml {
    @Override
    public String kind() {
      return "nothing";
    }

    @Override
    public String text() {
      return "";
    }
  }

  record Sequence(int line, List<Yaml> items) implements Yaml {
    @Override
    public String kind() {
      return "a list";
    }

    @Override
    public String text() {
      return items.stream().map(Yaml::text).collect(Collectors.joining(", ", "[", "]"));
    }
  }

  /**
   * @param entries in the file's order
   */
  record Mapping(int line, Map<String, Entry> entries) implements Yaml {
    @Override
    public String kind() {
      return "a mapping";
    }

    @Override
    public String text() {
      return entries.entrySet().stream()
          .map(entry -> entry.getKey() + ": " + entry.getValue().value().text())
          .collect(Collectors.joining(", ", "{", "}"));
    }
  }

  /**
   * @param line the key's line, which is where a reader looks
   */
  record Entry(int line, Yaml value) {}
}
