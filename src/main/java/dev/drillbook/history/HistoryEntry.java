package dev.drillbook.history;

import dev.drillbook.plan.Severity;
import dev.drillbook.recovery.StepResult.Outcome;
import dev.drillbook.timeline.Verdict;
import java.util.List;

/**
 * One line of the history, field by field as it is written. Durations are whole milliseconds; a
 * value that was not measured is null, never zero. Every field is always written, so that a missing
 * field means an older schema and nothing else.
 *
 * @param schema {@link #SCHEMA} at the time of writing; it grows whenever a field changes its
 *     meaning or goes away
 * @param startedAt ISO 8601, UTC
 * @param writes null where the writes could not be judged
 */
public record HistoryEntry(
    int schema,
    String id,
    String startedAt,
    String system,
    String scenario,
    Severity severity,
    String site,
    Verdict verdict,
    MachineLine machine,
    double scale,
    List<String> components,
    Targets targets,
    Measured measured,
    Clocks clocks,
    Writes writes,
    List<StepLine> steps,
    List<CheckLine> checks,
    List<EscalationLine> escalation,
    List<ChecklistLine> checklist,
    List<FindingLine> findings,
    List<CorrectionLine> corrections) {

  /** The version of the schema that this build writes. */
  public static final int SCHEMA = 1;

  /** What the drill ran on. */
  public record MachineLine(
      String os, String architecture, int processors, long maxHeapBytes, String java) {}

  /** What the plan promised. */
  public record Targets(long rtoMillis, Long rpoMillis) {}

  /**
   * What the drill found. The outage's six fields are null where the recovery failed: it has none.
   */
  public record Measured(
      Long outageSinceFaultMillis,
      Long outageSinceFirstFailedRequestMillis,
      Long restoreOnlyMillis,
      Long declaredManualMillis,
      Long outageWithManualStepsMillis,
      Long precisionMillis,
      Long rpoActualMillis,
      Long rpoWorstCaseMillis,
      Long backupTookMillis,
      Long backupBytes,
      Long backupRows,
      Long databaseBytes) {}

  /** The eight clocks, in milliseconds after the drill's start. */
  public record Clocks(
      Long faultMillis,
      Long firstFailedRequestMillis,
      Long detectedMillis,
      Long decidedMillis,
      Long restoreStartMillis,
      Long restoreEndMillis,
      Long firstOkMillis,
      Long stableOkMillis) {}

  /** What became of the clients' writes. */
  public record Writes(
      int attempted,
      int acknowledged,
      int failed,
      int indeterminate,
      int surviving,
      int lost,
      int recovered,
      int holes,
      int stale,
      int phantoms,
      int duplicates,
      int altered,
      int resurrected,
      int lostAfterwards,
      Long recoveryPointFromMillis,
      Long recoveryPointToMillis) {}

  /** One step of the recovery, in the order in which they ran. */
  public record StepLine(String id, Outcome outcome, long millis, long budgetMillis) {}

  /** One check. */
  public record CheckLine(String name, Verdict verdict) {}

  /** One level of the escalation; reached is null where it would not have been called. */
  public record EscalationLine(int level, String who, long afterMillis, Long reachedMillis) {}

  /** One item of the checklist; verdict is null for a sign-off, and signOff for a check. */
  public record ChecklistLine(
      String id, String check, String signOff, Long withinMillis, Verdict verdict) {}

  /** One finding, worst first. */
  public record FindingLine(Verdict verdict, String subject, String expected, String found) {}

  /** One value that the plan changed in the runbook. */
  public record CorrectionLine(
      List<String> path, String asWritten, String corrected, String reason, String finding) {}
}
