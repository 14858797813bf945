package dev.drillbook.plan;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * A text whose variables have been filled in.
 *
 * @param values of the variables that went into it, any of which may be a secret
 * @param unset the variables that were asked for, have no value and no default, and so left nothing
 */
record Expanded(String text, Set<String> values, Set<String> unset) {

  Expanded {
    values = Set.copyOf(values);
    unset = Set.copyOf(unset);
  }

  static Expanded literal(String text) {
    return new Expanded(text, Set.of(), Set.of());
  }

  /** The text of a variable, which is itself one of the values. */
  Expanded asValue() {
    Set<String> all = new LinkedHashSet<>(values);
    all.add(text);
    return new Expanded(text, all, unset);
  }

  /** Whether all of it stands in a file that teams read to each other. */
  boolean isLiteral() {
    return values.isEmpty();
  }
}
