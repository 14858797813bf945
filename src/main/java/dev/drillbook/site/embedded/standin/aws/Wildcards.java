package dev.drillbook.site.embedded.standin.aws;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Which files of a tree are meant; of the patterns that match a name, the last decides. */
final class Wildcards {
  private record Rule(boolean includes, Pattern pattern) {}

  private final List<Rule> rules = new ArrayList<>();

  Wildcards(Words words) {
    for (Map.Entry<String, String> option : words.inOrder()) {
      if (option.getKey().equals("include") || option.getKey().equals("exclude")) {
        rules.add(new Rule(option.getKey().equals("include"), pattern(option.getValue())));
      }
    }
  }

  /**
   * Whether a file is meant.
   *
   * @param name relative to the tree's root, with slashes
   */
  boolean mean(String name) {
    boolean meant = true;
    for (Rule rule : rules) {
      if (rule.pattern.matcher(name).matches()) {
        meant = rule.includes;
      }
    }
    return meant;
  }

  /** An asterisk stands for slashes too. */
  private static Pattern pattern(String written) {
    StringBuilder expression = new StringBuilder();
    for (int i = 0; i < written.length(); i++) {
      char each = written.charAt(i);
      int close = each == '[' ? written.indexOf(']', i + 2) : -1;
      if (each == '*') {
        expression.append(".*");
      } else if (each == '?') {
        expression.append('.');
      } else if (close > 0) {
        String set = written.substring(i + 1, close).replace("\\", "\\\\").replace("[", "\\[");
        expression
            .append('[')
            .append(set.startsWith("!") ? "^" + set.substring(1) : set)
            .append(']');
        i = close;
      } else {
        expression.append(Pattern.quote(String.valueOf(each)));
      }
    }
    return Pattern.compile(expression.toString(), Pattern.DOTALL);
  }
}
