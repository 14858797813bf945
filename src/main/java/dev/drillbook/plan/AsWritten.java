package dev.drillbook.plan;

import dev.drillbook.timeline.Nearest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Takes the {@code asWritten} mappings out of a tree. Each stands beside the values that the plan
 * corrected, and holds the runbook's own values of those keys the {@code reason}, and maybe the
 * {@code finding} that shows it.
 */
final class AsWritten {
  private static final String KEY = "asWritten";
  private static final String REASON = "reason";
  private static final String FINDING = "finding";
  private static final String FORM = "write asWritten: {key: original value, reason: \"...\"}";

  /** What one {@code asWritten} says of all its values. */
  private record Why(String reason, Optional<String> finding) {}

  /** Which of the two values the tree keeps. */
  enum Reading {
    CORRECTED,
    AS_WRITTEN
  }

  private final Reading reading;
  private final Problems problems;
  private final List<Correction> corrections = new ArrayList<>();

  AsWritten(Reading reading, Problems problems) {
    this.reading = reading;
    this.problems = problems;
  }

  /** The tree without any {@code asWritten}, whose values are those of the reading. */
  Yaml.Mapping resolve(Yaml.Mapping root) {
    return mapping(root, List.of());
  }

  /** The corrections that the resolved tree holds; none in a reading as written. */
  List<Correction> corrections() {
    return List.copyOf(corrections);
  }

  private Yaml resolve(Yaml node, List<String> path) {
    if (node instanceof Yaml.Mapping mapping) {
      return mapping(mapping, path);
    }
    if (node instanceof Yaml.Sequence sequence) {
      List<Yaml> items = new ArrayList<>();
      for (Yaml item : sequence.items()) {
        items.add(resolve(item, append(path, ItemName.of(item, items.size()))));
      }
      return new Yaml.Sequence(sequence.line(), List.copyOf(items));
    }
    return node;
  }

  private Yaml.Mapping mapping(Yaml.Mapping mapping, List<String> path) {
    Map<String, Yaml.Entry> kept = new LinkedHashMap<>();
    mapping
        .entries()
        .forEach(
            (key, entry) -> {
              if (!key.equals(KEY)) {
                Yaml value = resolve(entry.value(), append(path, key));
                kept.put(key, new Yaml.Entry(entry.line(), value));
              }
            });
    Yaml.Entry asWritten = mapping.entries().get(KEY);
    if (asWritten != null) {
      apply(asWritten, kept, path);
    }
    return new Yaml.Mapping(mapping.line(), Collections.unmodifiableMap(kept));
  }

  private void apply(Yaml.Entry asWritten, Map<String, Yaml.Entry> siblings, List<String> path) {
    if (!(asWritten.value() instanceof Yaml.Mapping content)) {
      problems.add(asWritten.line(), "asWritten is not a mapping", FORM);
      return;
    }
    Why why = new Why(reason(asWritten.line(), content), finding(asWritten.line(), content));
    Map<String, Yaml.Entry> originals = new LinkedHashMap<>(content.entries());
    originals.remove(REASON);
    originals.remove(FINDING);
    if (originals.isEmpty()) {
      problems.add(asWritten.line(), "asWritten holds no original value", FORM);
    }
    originals.forEach((key, original) -> apply(key, original, why, siblings, path));
  }

  private void apply(
      String key,
      Yaml.Entry original,
      Why why,
      Map<String, Yaml.Entry> siblings,
      List<String> path) {
    Yaml.Entry sibling = siblings.get(key);
    if (sibling == null) {
      problems.add(
          original.line(),
          "asWritten names '" + key + "', which is no key beside it",
          Nearest.hint(key, "the keys beside it are:", siblings.keySet()));
      return;
    }
    String was = original.value().text();
    String is = sibling.value().text();
    if (was.isEmpty()) {
      problems.add(original.line(), "asWritten has no value for '" + key + "'", FORM);
    } else if (was.equals(is)) {
      problems.add(
          original.line(),
          "asWritten has the plan's own value for '" + key + "', so nothing was corrected",
          "remove it, or write the runbook's value");
    } else if (reading == Reading.CORRECTED) {
      corrections.add(new Correction(append(path, key), was, is, why.reason(), why.finding()));
    } else {
      siblings.put(key, original);
    }
  }

  private String reason(int line, Yaml.Mapping content) {
    Optional<String> reason =
        Optional.ofNullable(content.entries().get(REASON))
            .map(entry -> entry.value().text().strip())
            .filter(text -> !text.isEmpty());
    if (reason.isEmpty()) {
      problems.add(line, "asWritten gives no reason", "add reason: why the runbook cannot hold");
    }
    return reason.orElse("");
  }

  private Optional<String> finding(int line, Yaml.Mapping content) {
    return new MapReader("asWritten", line, content, problems).optional(FINDING, ValueType.FINDING);
  }

  private static List<String> append(List<String> path, String key) {
    return Stream.concat(path.stream(), Stream.of(key)).toList();
  }
}
