package dev.drillbook.site.embedded.standin;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A command line as MongoDB's tools read it: {@code --name=value}, {@code --name value}, and {@code
 * -n value} for some. What we do not have is refused by name: a script must not believe that it was
 * heeded.
 */
final class ToolOptions {

  /** Accepted, since they change nothing about what comes of it: how fast it goes, what is said. */
  private static final Set<String> WITHOUT_EFFECT =
      Set.of("quiet", "verbose", "forceTableScan", "objcheck", "maintainInsertionOrder");

  private static final Set<String> VALUES_WITHOUT_EFFECT =
      Set.of("numParallelCollections", "numInsertionWorkersPerCollection", "batchSize");

  private static final Map<String, String> SHORT =
      Map.of(
          "d",
          "db",
          "c",
          "collection",
          "o",
          "out",
          "h",
          "host",
          "j",
          "numParallelCollections",
          "v",
          "verbose");

  private final Map<String, List<String>> values = new LinkedHashMap<>();
  private final Set<String> flags = new HashSet<>();
  private final List<String> rest = new ArrayList<>();

  private ToolOptions() {}

  /**
   * Reads {@code arguments}.
   *
   * @param withValue the options that take a value
   * @param withoutValue those that take none
   * @throws ToolFailure for any other
   */
  static ToolOptions read(String[] arguments, Set<String> withValue, Set<String> withoutValue) {
    ToolOptions options = new ToolOptions();
    for (int i = 0; i < arguments.length; i++) {
      String argument = arguments[i];
      if (!argument.startsWith("-") || argument.equals("-")) {
        options.rest.add(argument);
        continue;
      }
      int equals = argument.indexOf('=');
      String name = longName(equals < 0 ? argument : argument.substring(0, equals));
      if (withoutValue.contains(name) || WITHOUT_EFFECT.contains(name)) {
        options.flags.add(name);
      } else if (withValue.contains(name) || VALUES_WITHOUT_EFFECT.contains(name)) {
        if (equals < 0 && i + 1 == arguments.length) {
          throw new ToolFailure("option --" + name + " lacks its value");
        }
        String value = equals < 0 ? arguments[++i] : argument.substring(equals + 1);
        options.values.computeIfAbsent(name, none -> new ArrayList<>()).add(value);
      } else {
        throw new ToolFailure(
            "option --"
                + name
                + " is not among those that Drillbook's own program of this name has; install"
                + " MongoDB's own for it");
      }
    }
    return options;
  }

  private static String longName(String written) {
    if (written.startsWith("--")) {
      return written.substring(2);
    }
    String letters = written.substring(1);
    return letters.matches("v+") ? "verbose" : SHORT.getOrDefault(letters, letters);
  }

  boolean has(String flag) {
    return flags.contains(flag);
  }

  /** The value of an option that may be given once. */
  Optional<String> one(String name) {
    List<String> given = all(name);
    if (given.size() > 1) {
      throw new ToolFailure("option --" + name + " is given twice");
    }
    return given.stream().findFirst();
  }

  List<String> all(String name) {
    return values.getOrDefault(name, List.of());
  }

  /** What is no option. */
  List<String> rest() {
    return rest;
  }
}
