package dev.drillbook.run;

import dev.drillbook.objective.WorstCase;
import dev.drillbook.plan.BackupPolicy;
import dev.drillbook.plan.DrillPlan;
import java.time.Duration;
import java.util.Optional;

/**
 * How long backups take, and what that and their schedules allow to be lost.
 *
 * @param drilled the policy whose backup the drill took
 * @param facts what it measured; empty where the backup failed
 */
record BackupTimes(DrillPlan plan, Optional<BackupPolicy> drilled, Optional<BackupFacts> facts) {

  /** As the drill measured it, else as the plan declares it, else no time at all. */
  Duration takes(BackupPolicy policy) {
    return facts
        .filter(measured -> measured.policy().equals(policy.id()))
        .map(BackupFacts::took)
        .or(policy::takes)
        .orElse(Duration.ZERO);
  }

  /**
   * What the worst moment can lose, by all policies that cover the drilled one's store: a recovery
   * takes the newest point there is. Empty where the drill takes no backup, or how long that takes
   * is neither measured nor declared.
   */
  Optional<WorstCase> worstCase() {
    return drilled
        .filter(policy -> facts.isPresent() || policy.takes().isPresent())
        .map(policy -> plan.backupsOf(policy.component()))
        .flatMap(policies -> WorstCase.of(policies, this::takes));
  }
}
