package dev.drillbook.restorecheck;

import dev.drillbook.timeline.Verdict;
import java.util.List;

/**
 * One line of the history of checks, field by field as it is written. Durations are whole
 * milliseconds, times ISO 8601 in UTC; what was not measured is null.
 *
 * @param kind {@link #KIND}, which tells it from the line of a drill
 */
public record CheckLine(
    int schema,
    String kind,
    String id,
    String startedAt,
    String system,
    String policy,
    String backup,
    String takenAt,
    String oldestTakenAt,
    Long storedBytes,
    Verdict verdict,
    long tookMillis,
    String site,
    List<String> components,
    int processors,
    Long restoredBytes,
    long rows,
    List<StageLine> stages,
    List<Judgement> checks,
    List<FindingLine> findings) {

  /** The version of the schema that this build writes. */
  public static final int SCHEMA = 1;

  /** What such a line calls itself. */
  public static final String KIND = "restore-check";

  /** One part of the check that takes time. */
  public record StageLine(String name, long millis, long bytesIn, long bytesOut) {}

  /** One check of what was restored. */
  public record Judgement(String name, Verdict verdict, String coverage) {}

  /** One finding, worst first. */
  public record FindingLine(Verdict verdict, String subject, String expected, String found) {}

  /** The line of a record. */
  public static CheckLine of(RestoreCheckRecord record) {
    return new CheckLine(
        SCHEMA,
        KIND,
        record.id(),
        record.startedAt().toString(),
        record.system(),
        record.policy(),
        record.backup(),
        record.takenAt().map(Object::toString).orElse(null),
        record.oldest().map(Object::toString).orElse(null),
        record.backup().isEmpty() ? null : record.storedBytes(),
        record.verdict(),
        record.took().toMillis(),
        record.site(),
        record.components(),
        record.machine().processors(),
        record.restoredBytes().orElse(null),
        record.rows(),
        record.stages().stream()
            .map(
                stage ->
                    new StageLine(
                        stage.name(), stage.took().toMillis(), stage.bytesIn(), stage.bytesOut()))
            .toList(),
        record.checks().stream()
            .map(check -> new Judgement(check.name(), check.verdict(), check.coverage()))
            .toList(),
        record.findings().stream()
            .map(f -> new FindingLine(f.verdict(), f.subject(), f.expected(), f.found()))
            .toList());
  }
}
