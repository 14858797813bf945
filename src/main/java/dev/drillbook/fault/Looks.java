package dev.drillbook.fault;

import dev.drillbook.site.Component;
import dev.drillbook.site.Condition;
import java.util.Locale;

/** Looks at components from outside. */
final class Looks {
  private Looks() {}

  static Bite at(Component target, Condition expected) {
    Condition found = target.condition();
    return Bite.of(
        found == expected, target.name() + " is " + found.name().toLowerCase(Locale.ROOT));
  }
}
