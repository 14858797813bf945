package dev.drillbook.site.embedded.standin;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Which collections are meant by patterns such as {@code shop.orders} or {@code shop.*}. */
final class Namespaces {
  private final List<Pattern> included;
  private final List<Pattern> excluded;

  /**
   * @param included empty for all
   */
  Namespaces(List<String> included, List<String> excluded) {
    this.included = included.stream().map(Namespaces::pattern).toList();
    this.excluded = excluded.stream().map(Namespaces::pattern).toList();
  }

  boolean include(String database, String collection) {
    String name = database + "." + collection;
    return (included.isEmpty() || matches(included, name)) && !matches(excluded, name);
  }

  private static boolean matches(List<Pattern> patterns, String name) {
    return patterns.stream().anyMatch(pattern -> pattern.matcher(name).matches());
  }

  /** An asterisk stands for any text; a backslash before it makes it an asterisk again. */
  private static Pattern pattern(String written) {
    String expression =
        Arrays.stream(written.split("(?<!\\\\)\\*", -1))
            .map(part -> Pattern.quote(part.replace("\\*", "*")))
            .collect(Collectors.joining(".*"));
    return Pattern.compile(expression, Pattern.DOTALL);
  }
}
