package dev.drillbook.objective;

import dev.drillbook.plan.BackupPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Damage to data that nobody notices at once: a recovery point from before it must still be kept
 * when somebody does.
 */
public final class Detection {
  private static final Duration EVER = Duration.ofDays(200 * 365);

  private Detection() {}

  /**
   * For how long damage may go unnoticed at the most: over all moments of damage, the shortest time
   * for which a point is kept that was complete before it. For a single policy that is retention −
   * longest gap − the time to take one, so what it takes is retention ≥ detection + longest gap +
   * time to take one. Zero where at some moment no point is left at all; empty where no policy
   * promises any point.
   *
   * @param policies all those of the store
   * @param takes how long it is until a policy's backup can be restored
   * @param rpo a point counts only if it is no older than this at the damage, or than the
   *     schedules' worst case where that is longer (which the RPO is judged by)
   */
  public static Optional<Duration> longestUnnoticed(
      List<BackupPolicy> policies, Function<BackupPolicy, Duration> takes, Optional<Duration> rpo) {
    Duration window =
        rpo.map(promised -> longer(promised, worst(policies, takes).orElse(EVER))).orElse(EVER);
    return Arrivals.of(policies, takes)
        .map(
            arrivals -> {
              ShortestKept kept = new ShortestKept(window);
              arrivals.inspect(kept);
              return kept.duration().orElse(Duration.ZERO);
            });
  }

  private static Optional<Duration> worst(
      List<BackupPolicy> policies, Function<BackupPolicy, Duration> takes) {
    return WorstCase.of(policies, takes).flatMap(WorstCase::loss);
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) >= 0 ? one : other;
  }
}
