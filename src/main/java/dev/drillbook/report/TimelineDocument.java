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
    List<EventLine> events,
    Probes probes) {

  record PhaseLine(
      Phase phase, String label, double startMillis, double endMillis, boolean complete) {}

  record ClockLine(String clock, Double millis, String utc) {}

  record StepLine(String id, double startMillis, double endMillis, String outcome) {}

  record EventLine(String type, double millis, Double endMillis, String utc, String text) {}

  /**
   * Every probe in {@code runs}; and the probes one by one, or each {@code every}-th of them where
   * they are many: due at, answered after, and 1 for a success.
   */
  record Probes(
      int count,
      int failed,
      List<Run> runs,
      int every,
      List<Long> dueMillis,
      List<Long> tookMillis,
      List<Integer> ok) {}

  /**
   * Consecutive probes that ended alike.
   *
   * @param error of the first of them; empty where they succeeded
   */
  record Run(
      boolean ok,
      int count,
      double firstDueMillis,
      double lastDueMillis,
      double slowestMillis,
      String error) {}
}
