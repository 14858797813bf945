package dev.drillbook.site.embedded.standin.aws;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A command line as the AWS CLI reads it: {@code --name value}, {@code --name=value}, {@code
 * --name}, and words that are no option. What we do not have is refused by name: a script must not
 * believe that it was heeded.
 */
final class Words {
  private static final Set<String> VALUES_EVERYWHERE = Set.of("endpoint-url", "region", "output");

  /** Accepted, since they change nothing about what comes of it. */
  private static final Set<String> WITHOUT_EFFECT =
      Set.of("no-cli-pager", "no-cli-auto-prompt", "no-paginate");

  private static final Set<String> VALUES_WITHOUT_EFFECT =
      Set.of("color", "cli-connect-timeout", "cli-read-timeout", "page-size");

  private final List<String> rest = new ArrayList<>();
  private final Map<String, List<String>> values = new LinkedHashMap<>();
  private final Set<String> flags = new TreeSet<>();

  /** The options in the order they came, since that of exclude and include matters. */
  private final List<Map.Entry<String, String>> inOrder = new ArrayList<>();

  private Words() {}

  /**
   * Reads a command line.
   *
   * @param withValue the options that take a value, besides those of every command
   * @param withoutValue those that take none
   */
  static Words read(
      String[] arguments, Collection<String> withValue, Collection<String> withoutValue)
      throws AwsFailure {
    Words words = new Words();
    Deque<String> left = new ArrayDeque<>(Arrays.asList(arguments));
    while (!left.isEmpty()) {
      String word = left.pop();
      if (!word.startsWith("--")) {
        words.rest.add(word);
        continue;
      }
      int equals = word.indexOf('=');
      String name = word.substring(2, equals < 0 ? word.length() : equals);
      if (equals < 0 && (withoutValue.contains(name) || WITHOUT_EFFECT.contains(name))) {
        words.flags.add(name);
      } else if (withValue.contains(name)
          || VALUES_EVERYWHERE.contains(name)
          || VALUES_WITHOUT_EFFECT.contains(name)) {
        if (equals < 0 && left.isEmpty()) {
          throw AwsFailure.usage("aws: error: argument --" + name + ": expected one argument");
        }
        words.put(name, equals < 0 ? left.pop() : word.substring(equals + 1));
      } else {
        throw words.unknown(name);
      }
    }
    return words;
  }

  private AwsFailure unknown(String name) {
    return name.equals("query")
        ? AwsFailure.lacks(
            "option --query", "pass its --output json through jq, or use --output text")
        : AwsFailure.lacks("option --" + name, "do without it");
  }

  private void put(String name, String value) {
    values.computeIfAbsent(name, none -> new ArrayList<>()).add(value);
    inOrder.add(Map.entry(name, value));
  }

  boolean has(String flag) {
    return flags.contains(flag);
  }

  /** The last one counts, as there. */
  Optional<String> value(String name) {
    List<String> given = values.getOrDefault(name, List.of());
    return given.isEmpty() ? Optional.empty() : Optional.of(given.get(given.size() - 1));
  }

  String required(String name) throws AwsFailure {
    return value(name)
        .orElseThrow(
            () -> AwsFailure.usage("aws: error: the following arguments are required: --" + name));
  }

  List<Map.Entry<String, String>> inOrder() {
    return inOrder;
  }

  /** How many words are no option, those of service and command among them. */
  int count() {
    return rest.size();
  }

  /**
   * What is no option, after the names of service and command.
   *
   * @param names what each is, for messages
   */
  List<String> rest(String... names) throws AwsFailure {
    List<String> given = rest.subList(Math.min(2, rest.size()), rest.size());
    if (given.size() < names.length) {
      throw AwsFailure.usage(
          "aws: error: the following arguments are required: "
              + String.join(", ", Arrays.asList(names).subList(given.size(), names.length)));
    }
    if (given.size() > names.length) {
      throw AwsFailure.usage(
          "Unknown options: " + String.join(", ", given.subList(names.length, given.size())));
    }
    return given;
  }
}
