package dev.drillbook.report;

import dev.drillbook.recovery.StepResult;
import dev.drillbook.run.DrillRecord;
import dev.drillbook.timeline.Verdict;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The ways in which a drill can go wrong, so that the reader knows at once whom to call. A failure
 * message names every kind that applies; reports group failures by these names.
 */
public enum FailureKind {
  BACKUP_FAILED("Backup failed"),
  NO_DISASTER("Fault did not bite"),
  RECOVERY_FAILED("Recovery step failed"),
  SERVICE_NOT_BACK("Service not back"),
  DATA_INTEGRITY("Integrity violated"),
  RTO_MISSED("RTO missed"),
  RPO_MISSED("RPO missed"),
  RETENTION_TOO_SHORT("Retention too short"),
  RUNBOOK_NOT_KEPT("Runbook not kept"),
  NOTHING_PROVEN("Unknown: nothing proven");

  private final String title;

  FailureKind(String title) {
    this.title = title;
  }

  public String title() {
    return title;
  }

  /** Every kind that applies to {@code record}, the gravest first; none to a drill that passed. */
  public static Set<FailureKind> of(DrillRecord record) {
    return Arrays.stream(values())
        .filter(kind -> kind.appliesTo(record))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private boolean appliesTo(DrillRecord record) {
    return switch (this) {
      case RECOVERY_FAILED -> record.steps().stream().anyMatch(step -> !step.succeeded());
      case DATA_INTEGRITY ->
          record.ledger().filter(ledger -> ledger.verdict() == Verdict.FAIL).isPresent()
              || record.checks().stream()
                  .anyMatch(
                      check -> check.verdict() == Verdict.FAIL && !isAboutService(check.name()));
      case SERVICE_NOT_BACK ->
          record.findings().stream()
              .anyMatch(f -> f.verdict() == Verdict.FAIL && isAboutService(f.subject()));
      case BACKUP_FAILED ->
          record.findings().stream()
              .anyMatch(f -> f.verdict() == Verdict.FAIL && f.subject().startsWith("backup "));
      case NO_DISASTER ->
          record.findings().stream().anyMatch(finding -> finding.subject().equals("disaster"));
      case RTO_MISSED -> missed(record, "RTO"::equals);
      case RPO_MISSED -> missed(record, objective -> objective.startsWith("RPO"));
      case RETENTION_TOO_SHORT ->
          missed(record, objective -> !objective.equals("RTO") && !objective.startsWith("RPO"));
      case RUNBOOK_NOT_KEPT ->
          record.steps().stream()
              .filter(StepResult::succeeded)
              .flatMap(step -> step.findings().stream())
              .anyMatch(finding -> finding.verdict() == Verdict.FAIL);
      case NOTHING_PROVEN -> record.verdict() == Verdict.UNKNOWN;
    };
  }

  private static boolean missed(DrillRecord record, Predicate<String> objective) {
    return record.objectives().stream()
        .anyMatch(result -> result.verdict() == Verdict.FAIL && objective.test(result.objective()));
  }

  private static boolean isAboutService(String subject) {
    return subject.equals("service")
        || subject.equals("serves writes")
        || subject.startsWith("health of ");
  }
}
