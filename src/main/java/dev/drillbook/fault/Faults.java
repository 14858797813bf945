package dev.drillbook.fault;

import dev.drillbook.site.Component;
import dev.drillbook.site.Condition;
import dev.drillbook.timeline.DrillException;

/** What faults require of their targets. */
final class Faults {
  private Faults() {}

  static void requireRunning(Component target, String done) {
    if (target.condition() == Condition.DOWN) {
      throw new DrillException(
          target.name() + " cannot be " + done + ": it does not run",
          "start it before the disaster");
    }
  }

  static void requireDown(Component target, String why) {
    if (target.condition() != Condition.DOWN) {
      throw new DrillException(
          target.name() + " runs, " + why,
          "let the disaster begin with a kill of " + target.name());
    }
  }
}
