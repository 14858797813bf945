package dev.drillbook.report;

import dev.drillbook.objective.Escalation;
import dev.drillbook.run.DrillRecord;
import dev.drillbook.timeline.DurationText;
import java.util.List;

/** Who would have been called, for people. */
public final class EscalationText {

  private EscalationText() {}

  /** A line per level; none where the plan has no escalation. */
  public static List<String> lines(DrillRecord record) {
    return record.escalation().stream().map(EscalationText::line).toList();
  }

  /** Up to which level; empty where the plan has no escalation. */
  static List<String> highest(DrillRecord record) {
    if (record.escalation().isEmpty()) {
      return List.of();
    }
    return List.of(
        record.escalation().stream()
            .filter(Escalation::reached)
            .reduce((lower, higher) -> higher)
            .map(EscalationText::line)
            .orElse("nobody would have been called: the outage was not noticed"));
  }

  private static String line(Escalation escalation) {
    return "level "
        + escalation.level().level()
        + ", "
        + escalation.level().who()
        + ": "
        + escalation
            .sinceFault()
            .map(called -> "called " + DurationText.of(called) + " after the fault")
            .orElse("not called (after " + DurationText.of(escalation.level().after()) + ")");
  }
}
