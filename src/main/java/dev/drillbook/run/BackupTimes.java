package dev.drillbook.run;

import dev.drillbook.objective.WorstCase;
import dev.drillbook.plan.BackupPolicy;
import dev.drillbook.plan.DrillPlan;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

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
   * What the worst moment can lose, by all policies that the drilled recovery can go back to: the
   * newest point there is among those taken as the drilled one is, and those based on them. What
   * another script leaves, or elsewhere, needs another recovery. Of several stores, the one that
   * can lose most. Empty where the drill takes no backup, or how long one takes is neither measured
   * nor declared.
   */
  Optional<WorstCase> worstCase() {
    if (drilled.stream().anyMatch(policy -> measured(policy).or(policy::takes).isEmpty())) {
      return Optional.empty();
    }
    return drilled.stream()
        .flatMap(policy -> WorstCase.of(usedLike(policy), this::takes).stream())
        .max(Comparator.comparing(worst -> worst.loss().orElse(EVERYTHING)));
  }

  private List<BackupPolicy> usedLike(BackupPolicy drilledOne) {
    List<BackupPolicy> ofTheStore = plan.backupsOf(drilledOne.component());
    Set<String> alike =
        ofTheStore.stream()
            .filter(
                policy ->
                    policy.kind() == drilledOne.kind()
                        && policy.location().equals(drilledOne.location())
                        && policy.script().equals(drilledOne.script()))
            .map(BackupPolicy::id)
            .collect(Collectors.toSet());
    return ofTheStore.stream()
        .filter(
            policy ->
                alike.contains(policy.id()) || policy.basedOn().filter(alike::contains).isPresent())
        .toList();
  }

  private Optional<Duration> measured(BackupPolicy policy) {
    return facts.stream()
        .filter(fact -> fact.policy().equals(policy.id()))
        .map(BackupFacts::took)
        .findFirst();
  }
}
