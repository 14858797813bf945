package dev.drillbook.plan;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Reads a file into a {@link Yaml} tree; no object is ever constructed from a tag. */
final class YamlFile {
  /**
   * What a file ought to be.
   *
   * @param noun for messages, e.g. {@code the plan}
   * @param beginning how such a file begins, for a hint
   */
  record Expectation(String noun, String beginning) {}

  private final Problems problems;
  private final Set<Node> enclosing = Collections.newSetFromMap(new IdentityHashMap<>());

  private YamlFile(Problems problems) {
    this.problems = problems;
  }

  /** The mapping that the file is; empty, with a problem added, if it is none. */
  static Optional<Yaml.Mapping> read(Path file, Expectation expected, Problems problems) {
    return text(file, expected, problems).flatMap(text -> parse(text, expected, problems));
  }

  private static Optional<String> text(Path file, Expectation expected, Problems problems) {
    if (!Files.exists(file)) {
      problems.add(
          1, "there is no such file", "check the path, or write " + expected.noun() + " there");
      return Optional.empty();
    }
    if (!Files.isRegularFile(file)) {
      problems.add(1, "this is not a file", "name the plan.yaml itself");
      return Optional.empty();
    }
    try {
      return Optional.of(Files.readString(file));
    } catch (CharacterCodingException e) {
      problems.add(1, "this is not UTF-8 text", "save " + expected.noun() + " as UTF-8");
    } catch (IOException e) {
      problems.add(1, "it cannot be read: " + e, "check the file's permissions");
    }
    return Optional.empty();
  }

  private static Optional<Yaml.Mapping> parse(
      String text, Expectation expected, Problems problems) {
    Optional<Node> root = compose(text, expected, problems);
    if (root.isEmpty()) {
      return Optional.empty();
    }
    Yaml tree = new YamlFile(problems).convert(root.get());
    if (tree instanceof Yaml.Mapping mapping) {
      return Optional.of(mapping);
    }
    problems.add(
        tree.line(),
        expected.noun() + " is " + tree.kind() + ", not a mapping",
        expected.beginning());
    return Optional.empty();
  }

  private static Optional<Node> compose(String text, Expectation expected, Problems problems) {
    SafeConstructor neverUsed = new SafeConstructor(new LoaderOptions());
    try {
      Node root = new org.yaml.snakeyaml.Yaml(neverUsed).compose(new StringReader(text));
      if (root == null) {
        problems.add(1, expected.noun() + " is empty", expected.beginning());
      }
      return Optional.ofNullable(root);
    } catch (MarkedYAMLException e) {
      Mark mark = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
      problems.add(
          mark == null ? 1 : mark.getLine() + 1,
          "this is not YAML: " + e.getProblem(),
          mark == null ? "correct the syntax" : "look at column " + (mark.getColumn() + 1));
    } catch (YAMLException e) {
      problems.add(1, "this is not YAML: " + firstLine(e), "correct the syntax");
    }
    return Optional.empty();
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("unknown");
  }

  private Yaml convert(Node node) {
    int line = line(node);
    if (!enclosing.add(node)) {
      problems.add(line, "this value contains itself", "remove the alias (*name) within it");
      return new Yaml.Nothing(line);
    }
    try {
      if (node instanceof MappingNode mapping) {
        return new Yaml.Mapping(line, entries(mapping));
      }
      if (node instanceof SequenceNode sequence) {
        List<Yaml> items = new ArrayList<>();
        sequence.getValue().forEach(item -> items.add(convert(item)));
        return new Yaml.Sequence(line, List.copyOf(items));
      }
      return scalar(node);
    } finally {
      enclosing.remove(node);
    }
  }

  private static Yaml scalar(Node node) {
    if (node instanceof ScalarNode scalar && !Tag.NULL.equals(node.getTag())) {
      return new Yaml.Scalar(line(node), scalar.getValue());
    }
    return new Yaml.Nothing(line(node));
  }

  private Map<String, Yaml.Entry> entries(MappingNode mapping) {
    Map<String, Yaml.Entry> entries = new LinkedHashMap<>();
    List<Node> merged = new ArrayList<>();
    for (NodeTuple tuple : mapping.getValue()) {
      int line = line(tuple.getKeyNode());
      if (tuple.getKeyNode().getTag().equals(Tag.MERGE)) {
        merged.add(tuple.getValueNode());
        continue;
      }
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        problems.add(line, "a key is not a text", "write the key as one word");
        continue;
      }
      Yaml value = convert(tuple.getValueNode());
      Yaml.Entry first = entries.putIfAbsent(key.getValue(), new Yaml.Entry(line, value));
      if (first != null) {
        problems.add(
            line,
            "'" + key.getValue() + "' stands here twice; the first is on line " + first.line(),
            "rename or remove one of the two");
      }
    }
    merged.forEach(node -> merge(node, entries));
    return Collections.unmodifiableMap(entries);
  }

  /** What a mapping has itself goes before what is merged into it, and that before what follows. */
  private void merge(Node node, Map<String, Yaml.Entry> into) {
    Yaml source = convert(node);
    List<Yaml> sources =
        source instanceof Yaml.Sequence several ? several.items() : List.of(source);
    for (Yaml one : sources) {
      if (one instanceof Yaml.Mapping mapping) {
        mapping.entries().forEach(into::putIfAbsent);
      } else {
        problems.add(
            line(node), "'<<' merges " + one.kind() + ", not a mapping", "write <<: *name");
      }
    }
  }

  private static int line(Node node) {
    return node.getStartMark().getLine() + 1;
  }
}
