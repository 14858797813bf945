package dev.drillbook.restorecheck;

import dev.drillbook.plan.BackupPolicy;
import dev.drillbook.plan.DrillPlan;
import dev.drillbook.plan.Scenario;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;

/** What the plan promises of the data that a policy's backups bring back. */
final class Promise {
  private Promise() {}

  /**
   * The strictest RPO of the scenarios that this policy's backups are restored in; empty where none
   * has one.
   */
  static Optional<Duration> strictestRpo(DrillPlan plan, BackupPolicy policy) {
    return plan.scenarios().stream()
        .filter(scenario -> scenario.backup().filter(policy.id()::equals).isPresent())
        .map(Scenario::rpo)
        .flatMap(Optional::stream)
        .min(Comparator.naturalOrder());
  }

  /** That or, without one, the longest time that the policy's schedule leaves between two. */
  static Duration rpo(DrillPlan plan, BackupPolicy policy) {
    return strictestRpo(plan, policy)
        .or(() -> policy.schedule().map(schedule -> schedule.longestGap()))
        .orElse(policy.retention());
  }
}
