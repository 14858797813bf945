package dev.drillbook.run;

import dev.drillbook.objective.WorstCase;
import dev.drillbook.plan.BackupPolicy;
import dev.drillbook.plan.DrillPlan;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How long backups take, and what that and their schedules allow to be lost.
 *
 * @param drilled the policies whose backups the drill took
 * @param facts what it measured; none of a backup that failed
 */
record BackupTimes(DrillPlan plan, List<BackupPolicy> drilled, List<BackupFacts> facts) {

  private static final Duration EVERYTHING = Duration.ofSeconds(Long.MAX_VALUE);

  /** As the drill measured it, else as the plan declares it, else no time at all. */
  Duration takes(BackupPolicy policy) {
    return measured(policy).or(policy::takes).orElse(Duration.ZERO);
  }

  /**
   * What the worst moment can lose, by all policies that cover a drilled one's store: a recovery
   * takes the newest point there is. Of several stores, the one that can lose most. Empty where the
   * drill takes no backup, or how long one takes is neither measured nor declared.
   */
  Optional<WorstCase> worstCase() {
    if (drilled.stream().anyMatch(policy -> measured(policy).or(policy::takes).isEmpty())) {
      return Optional.empty();
    }
    return drilled.stream()
        .map(BackupPolicy::component)
        .distinct()
        .flatMap(store -> WorstCase.of(plan.backupsOf(store), this::takes).stream())
        .max(Comparator.comparing(worst -> worst.loss().orElse(EVERYTHING)));
  }

  private Optional<Duration> measured(BackupPolicy policy) {
    return facts.stream()
        .filter(fact -> fact.policy().equals(policy.id()))
        .map(BackupFacts::took)
        .findFirst();
  }
}
