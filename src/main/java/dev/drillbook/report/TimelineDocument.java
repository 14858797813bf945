package dev.drillbook.report;

import dev.drillbook.timeline.Phase;
import dev.drillbook.timeline.Verdict;
import java.util.List;

/**
 * The timeline as it is written to {@code timeline.json}, field by field. All times are
 * milliseconds after the drill's start, with fractions; null means that it never came.
 */
record TimelineDocument(
    int schema,
    String id,
    String drill,
    Verdict verdict,
    String startedAt,
    double endedMillis,
    List<PhaseLine> phases,
    List<ClockLine> clocks,
    List<StepLine> steps,
    List<EscalationLine> escalation,
    List<ChecklistLine> checklist,
    List<EventLine> events,
    Probes probes) {

  record PhaseLine(
      Phase phase, String label, double startMillis, double endMillis, boolean complete) {}

  record ClockLine(String clock, Double millis, String utc) {}

  record StepLine(String id, double startMillis, double endMillis, String outcome) {}

  /** When a level would have been called, after the fault; null where it would not. */
  record EscalationLine(int level, String who, Double sinceFaultMillis) {}

  /** An item; verdict is null for what people sign for. */
  record ChecklistLine(String id, String title, Verdict verdict) {}

  record EventLine(String type, double millis, Double endMillis, String utc, String text) {}

  /**
   * The probes in their order, {@code perEntry} of them to an entry: one where they are few, more
   * where they are many, so that no failure and no slow answer is ever left out.
   *
   * @param dueMillis when the first probe of an entry was due
   * @param worstTookMillis how long the slowest of an entry took
   * @param failedOfEntry how many of an entry failed
   * @param errors what they failed with, the most frequent first
   */
  record Probes(
      int count,
      int failed,
      int perEntry,
      List<Long> dueMillis,
      List<Long> worstTookMillis,
      List<Integer> failedOfEntry,
      List<ErrorLine> errors) {}

  record ErrorLine(String error, long count) {}
}
