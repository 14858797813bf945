package dev.drillbook.objective;

import dev.drillbook.plan.BackupPolicy;
import dev.drillbook.plan.CronSchedule;
import dev.drillbook.timeline.DurationText;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What the schedules of a store's backups allow to be lost in the worst moment. */
public sealed interface WorstCase {

  /** How much; empty where it is everything. */
  Optional<Duration> loss();

  /** What it comes from, for people. */
  String reason();

  /**
   * A disaster just before a backup is complete throws the system back to the recovery point before
   * it.
   *
   * @param from the recovery point
   * @param next when the backup after it is begun
   * @param takes how long it takes until that one can be restored
   * @param zone whose clock to tell them by
   */
  record Gap(Instant from, Instant next, Duration takes, ZoneId zone) implements WorstCase {
    @Override
    public Optional<Duration> loss() {
      return Optional.of(Duration.between(from, next).plus(takes));
    }

    @Override
    public String reason() {
      return "between the recovery points of "
          + Moment.text(from, zone)
          + " and "
          + Moment.text(next, zone)
          + ", and "
          + DurationText.of(takes)
          + " to take the latter";
    }
  }

  /** Just before {@code at}, no backup is complete and still kept. */
  record Everything(Instant at, ZoneId zone) implements WorstCase {
    @Override
    public Optional<Duration> loss() {
      return Optional.empty();
    }

    @Override
    public String reason() {
      return "just before "
          + Moment.text(at, zone)
          + " the last backup is gone and the next one is not complete";
    }
  }

  /**
   * The worst of {@code policies}, which are all those of one store: for any moment of a whole
   * cycle of their schedules, the time since the newest point that can be restored at that moment,
   * whichever policy it comes from. If there are several as bad, the first since the schedules'
   * horizon. Empty where no policy promises any point.
   *
   * @param takes how long it is until a policy's backup can be restored
   */
  static Optional<WorstCase> of(
      List<BackupPolicy> policies, Function<BackupPolicy, Duration> takes) {
    return Arrivals.of(policies, takes)
        .map(
            arrivals -> {
              WorstMoment worst = new WorstMoment();
              arrivals.inspect(worst);
              return worst.in(zone(policies));
            });
  }

  private static ZoneId zone(List<BackupPolicy> policies) {
    return policies.stream()
        .flatMap(policy -> policy.schedule().stream())
        .map(CronSchedule::zone)
        .findFirst()
        .orElse(ZoneOffset.UTC);
  }
}
