package dev.drillbook.plan;

import dev.drillbook.timeline.Nearest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Reads typed values out of one mapping. What is missing or wrong becomes a problem and an empty
 * value, so that reading goes on. The keys that were asked for are the keys there are: {@link
 * #refuseOtherKeys()}, called last, reports the rest.
 */
final class MapReader {
  private final String what;
  private final int line;
  private final Yaml.Mapping mapping;
  private final Problems problems;
  private final Set<String> asked = new LinkedHashSet<>();

  /**
   * @param what what the mapping is, e.g. {@code scenario ransomware}
   * @param line the line that introduces it
   */
  MapReader(String what, int line, Yaml.Mapping mapping, Problems problems) {
    this.what = what;
    this.line = line;
    this.mapping = mapping;
    this.problems = problems;
  }

  /** The line that introduces the mapping. */
  int line() {
    return line;
  }

  /** Adds a problem at {@code key}, or at the mapping where it has no such key. */
  void problem(String key, String found, String hint) {
    Yaml.Entry entry = mapping.entries().get(key);
    problems.add(entry == null ? line : entry.line(), what + found, hint);
  }

  <T> Optional<T> required(String key, ValueType<T> type) {
    return require(key, type.description()).flatMap(value -> parse(quote(key), value, type));
  }

  <T> Optional<T> optional(String key, ValueType<T> type) {
    asked.add(key);
    return Optional.ofNullable(mapping.entries().get(key))
        .flatMap(value -> parse(quote(key), value, type));
  }

  /** The mapping's own name, read as {@code type}. */
  <T> Optional<T> named(String name, ValueType<T> type) {
    return parse("its name", new Yaml.Entry(line, new Yaml.Scalar(line, name)), type);
  }

  OptionalInt optionalPort(String key) {
    return optional(key, ValueType.PORT).map(OptionalInt::of).orElse(OptionalInt.empty());
  }

  /**
   * False where the key is missing. What is neither true nor false is a problem, and counts as
   * true, so that no other problem follows from it.
   */
  boolean isTrue(String key) {
    return optional(key, ValueType.TRUE_OR_FALSE).orElse(mapping.entries().containsKey(key));
  }

  /** The texts of a list; empty where the key is missing, which is fine, or wrong, which is not. */
  List<String> optionalList(String key, ValueType<String> type) {
    asked.add(key);
    Yaml.Entry entry = mapping.entries().get(key);
    if (entry == null) {
      return List.of();
    }
    if (!(entry.value() instanceof Yaml.Sequence sequence)) {
      wrongKind(quote(key), entry, "a list", "write [first, second]");
      return List.of();
    }
    List<String> texts = new ArrayList<>();
    for (Yaml item : sequence.items()) {
      parse("an item of " + quote(key), new Yaml.Entry(item.line(), item), type)
          .ifPresent(texts::add);
    }
    return List.copyOf(texts);
  }

  boolean isList(String key) {
    Yaml.Entry entry = mapping.entries().get(key);
    return entry != null && entry.value() instanceof Yaml.Sequence;
  }

  /** A mapping of names to texts, which may be empty; none where the key is missing. */
  Map<String, String> optionalTexts(String key, ValueType<String> name) {
    asked.add(key);
    return Optional.ofNullable(mapping.entries().get(key))
        .map(entry -> texts(key, entry, name))
        .orElse(Map.of());
  }

  /** A mapping of names to texts with at least one entry. */
  Map<String, String> requiredTexts(String key, String description, ValueType<String> name) {
    Optional<Yaml.Entry> entry = require(key, description);
    if (entry
        .filter(e -> e.value() instanceof Yaml.Mapping m && m.entries().isEmpty())
        .isPresent()) {
      wrongKind(quote(key), entry.get(), "a mapping of names", "write " + description);
      return Map.of();
    }
    return entry.map(texts -> texts(key, texts, name)).orElse(Map.of());
  }

  private Map<String, String> texts(String key, Yaml.Entry entry, ValueType<String> name) {
    if (!(entry.value() instanceof Yaml.Mapping named)) {
      wrongKind(quote(key), entry, "a mapping of names", "write {NAME: value}");
      return Map.of();
    }
    Map<String, String> texts = new LinkedHashMap<>();
    named
        .entries()
        .forEach(
            (nameOfOne, value) -> {
              Yaml.Scalar asValue = new Yaml.Scalar(value.line(), nameOfOne);
              parse("a name in " + quote(key), new Yaml.Entry(value.line(), asValue), name);
              if (value.value() instanceof Yaml.Scalar scalar) {
                texts.put(nameOfOne, scalar.text());
              } else {
                wrongKind(quote(nameOfOne), value, "one value", "write a text");
              }
            });
    return Collections.unmodifiableMap(texts);
  }

  /** Every key that there is. */
  Set<String> names() {
    return mapping.entries().keySet();
  }

  /** Where {@code key} stands, as a link; where the mapping does, if it has no such key. */
  String place(String key) {
    Yaml.Entry entry = mapping.entries().get(key);
    return problems.place(entry == null ? line : entry.line());
  }

  /** The keys of the mapping at {@code key}, whatever they hold. */
  Set<String> names(String key) {
    asked.add(key);
    Yaml.Entry entry = mapping.entries().get(key);
    return entry != null && entry.value() instanceof Yaml.Mapping named
        ? named.entries().keySet()
        : Set.of();
  }

  /** Whether there is such a key, whatever it holds; asks for nothing, reports nothing. */
  boolean holds(String key) {
    return mapping.entries().containsKey(key);
  }

  /** Whether {@code key} holds just this text; asks for nothing, reports nothing. */
  boolean has(String key, String text) {
    return peek(key).filter(text::equals).isPresent();
  }

  /** The text that {@code key} holds, if any; asks for nothing, reports nothing. */
  Optional<String> peek(String key) {
    Yaml.Entry entry = mapping.entries().get(key);
    return entry != null && entry.value() instanceof Yaml.Scalar scalar
        ? Optional.of(scalar.text())
        : Optional.empty();
  }

  /** A required mapping of names to mappings, with at least one entry; its readable entries. */
  Map<String, MapReader> requiredChildren(String key, String noun, ValueType<String> name) {
    return require(key, "a mapping with a name for each " + noun)
        .map(entry -> children(key, entry, noun, name))
        .orElse(Map.of());
  }

  /** As {@link #requiredChildren}, for a key that may be missing. */
  Map<String, MapReader> optionalChildren(String key, String noun, ValueType<String> name) {
    asked.add(key);
    return Optional.ofNullable(mapping.entries().get(key))
        .map(entry -> children(key, entry, noun, name))
        .orElse(Map.of());
  }

  private Map<String, MapReader> children(
      String key, Yaml.Entry entry, String noun, ValueType<String> nameType) {
    if (!(entry.value() instanceof Yaml.Mapping named) || named.entries().isEmpty()) {
      wrongKind(quote(key), entry, "a mapping of names", "write a name for each " + noun);
      return Map.of();
    }
    Map<String, MapReader> children = new LinkedHashMap<>();
    named
        .entries()
        .forEach(
            (name, child) -> {
              Yaml.Scalar asValue = new Yaml.Scalar(child.line(), name);
              parse("the name of a " + noun, new Yaml.Entry(child.line(), asValue), nameType);
              child(noun + " " + name, child).ifPresent(map -> children.put(name, map));
            });
    return children;
  }

  private Optional<MapReader> child(String childIs, Yaml.Entry child) {
    if (child.value() instanceof Yaml.Mapping content) {
      return Optional.of(new MapReader(childIs, child.line(), content, problems));
    }
    problems.add(
        child.line(),
        childIs + " is " + child.value().kind() + ", not a mapping",
        "write its keys below it, two blanks further in");
    return Optional.empty();
  }

  /** A mapping that may be missing. */
  Optional<MapReader> optionalChild(String key) {
    asked.add(key);
    return Optional.ofNullable(mapping.entries().get(key)).flatMap(entry -> child(key, entry));
  }

  Optional<MapReader> requiredChild(String key) {
    return require(key, "a mapping").flatMap(entry -> child(key, entry));
  }

  /** A required list of mappings; each is called by its {@code id}, or by its place in the list. */
  List<MapReader> requiredItems(String key, String noun) {
    return require(key, "a list of " + noun + "s")
        .map(entry -> items(key, entry, noun))
        .orElse(List.of());
  }

  /** As {@link #requiredItems}, for a key that may be missing. */
  List<MapReader> optionalItems(String key, String noun) {
    asked.add(key);
    return Optional.ofNullable(mapping.entries().get(key))
        .map(entry -> items(key, entry, noun))
        .orElse(List.of());
  }

  private List<MapReader> items(String key, Yaml.Entry entry, String noun) {
    if (!(entry.value() instanceof Yaml.Sequence sequence) || sequence.items().isEmpty()) {
      wrongKind(quote(key), entry, "a list of " + noun + "s", "begin each with a dash");
      return List.of();
    }
    List<MapReader> readers = new ArrayList<>();
    for (int i = 0; i < sequence.items().size(); i++) {
      Yaml item = sequence.items().get(i);
      String itemIs = what + ", " + noun + " " + ItemName.of(item, i);
      if (item instanceof Yaml.Mapping content) {
        readers.add(new MapReader(itemIs, item.line(), content, problems));
      } else {
        problems.add(
            item.line(),
            itemIs + " is " + item.kind() + ", not a mapping",
            "write {key: value, ...}");
      }
    }
    return readers;
  }

  /** Reports every key that nobody asked for, with the nearest one that somebody did. */
  void refuseOtherKeys() {
    mapping
        .entries()
        .forEach(
            (key, entry) -> {
              if (!asked.contains(key)) {
                problems.add(
                    entry.line(),
                    what + " has an unknown key " + quote(key),
                    Nearest.hint(key, "the keys here are:", asked));
              }
            });
  }

  private Optional<Yaml.Entry> require(String key, String description) {
    asked.add(key);
    Optional<Yaml.Entry> entry = Optional.ofNullable(mapping.entries().get(key));
    if (entry.isEmpty()) {
      problems.add(line, what + " has no " + quote(key), "add " + key + ": " + description);
    }
    return entry;
  }

  private <T> Optional<T> parse(String name, Yaml.Entry entry, ValueType<T> type) {
    if (!(entry.value() instanceof Yaml.Scalar scalar)) {
      wrongKind(name, entry, "one value", "write " + type.description());
      return Optional.empty();
    }
    try {
      return Optional.of(type.parser().parse(scalar.text()));
    } catch (BadValue e) {
      problems.add(
          entry.line(),
          what + ": " + name + " is '" + scalar.text() + "', " + e.getMessage(),
          e.hint());
      return Optional.empty();
    }
  }

  private void wrongKind(String name, Yaml.Entry entry, String wanted, String hint) {
    boolean empty = entry.value().text().isEmpty() || entry.value().text().matches("\\[]|\\{}");
    String found = empty ? " is empty" : " is " + entry.value().kind() + ", not " + wanted;
    problems.add(entry.line(), what + ": " + name + found, hint);
  }

  private static String quote(String key) {
    return "'" + key + "'";
  }
}
