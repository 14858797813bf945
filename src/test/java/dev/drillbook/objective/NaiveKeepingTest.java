package dev.drillbook.objective;

import static dev.drillbook.objective.Policies.basedOn;
import static dev.drillbook.objective.Policies.full;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drillbook.plan.BackupPolicy;
import dev.drillbook.plan.CronSchedule;
import dev.drillbook.plan.RecoveryPromise;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.PrimitiveIterator;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Holds the meters against the definitions, asked hour by hour, and just before each hour, over two
 * weeks that come after three months of backups. All schedules here run on full hours and repeat
 * themselves within a week.
 */
class NaiveKeepingTest {
  private static final long HOUR = 3600L * 1_000_000_000L;
  private static final long START = CronSchedule.HORIZON.getEpochSecond() * 1_000_000_000L;
  private static final long FROM = START + 90 * 24 * HOUR;
  private static final long TO = FROM + 14 * 24 * HOUR;

  record Policies(String name, List<BackupPolicy> all, Duration takes) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Policies> policies() {
    BackupPolicy daily = full("daily", "0 3 * * *", days(7));
    BackupPolicy weekly = full("weekly", "0 1 * * 0", days(28));
    return Stream.of(
        new Policies("daily", List.of(daily), Duration.ofHours(1)),
        new Policies("workdays", List.of(full("d", "0 2,14 * * 1-5", days(5))), Duration.ZERO),
        new Policies("daily and weekly", List.of(weekly, daily), Duration.ofHours(2)),
        new Policies("incremental", List.of(weekly, incremental("0 */6 * * *", 40)), Duration.ZERO),
        new Policies(
            "slow incremental",
            List.of(weekly, incremental("0 5 * * 1-6", 3)),
            Duration.ofHours(9)),
        new Policies("log", List.of(daily, wal("0 * * * *", 26)), Duration.ofHours(1)),
        new Policies("short log", List.of(daily, wal("0 * * * *", 12)), Duration.ofHours(3)),
        new Policies("slow log", List.of(daily, wal("0 */4 * * *", 50)), Duration.ofHours(30)),
        new Policies(
            "log that is too short",
            List.of(full("daily", "0 3 * * *", days(1)), wal("0 * * * *", 5)),
            Duration.ofHours(2)));
  }

  @ParameterizedTest
  @MethodSource("policies")
  void theWorstCaseIsTheLargestLossOfAnyMoment(Policies policies) {
    List<Naive> points = points(policies.all(), policies.takes().toNanos());
    long worst = 0;
    for (long hour = FROM; hour < TO; hour += HOUR) {
      long now = hour - 1;
      long newest =
          points.stream()
              .filter(point -> point.usableAt(now))
              .mapToLong(Naive::taken)
              .max()
              .orElse(Long.MIN_VALUE / 2);
      worst = Math.max(worst, hour - newest);
    }
    Optional<Duration> loss =
        WorstCase.of(policies.all(), policy -> policies.takes()).orElseThrow().loss();
    assertThat(loss)
        .isEqualTo(worst > 365 * 24 * HOUR ? Optional.empty() : Optional.of(nanos(worst)));
  }

  @ParameterizedTest
  @MethodSource("policies")
  void theCoverageIsTheLargestAgeUpToWhichEveryAgeIsCoveredAtAnyMoment(Policies policies) {
    List<Naive> points = points(policies.all(), 0);
    for (int every : new int[] {1, 6, 24, 72, 168}) {
      long window = every * HOUR;
      long reach =
          LongStream.iterate(FROM, hour -> hour < TO, hour -> hour + HOUR)
              .map(hour -> reach(points, hour - 1, window))
              .min()
              .orElseThrow();
      RecoveryPromise promise = new RecoveryPromise("db", days(30), Duration.ofHours(every));
      assertThat(Coverage.of(promise, policies.all()).orElseThrow().unbroken())
          .as("every %d h", every)
          .isEqualTo(reach < 0 ? Optional.empty() : Optional.of(nanos(reach)));
    }
  }

  /** For how long after {@code x} the state of {@code x} can be restored, closely enough. */
  private static long reach(List<Naive> points, long x, long window) {
    long last = -1;
    for (long age = 0; age <= 30 * 24 * HOUR; age += HOUR) {
      long now = x + 1 + age;
      boolean covered =
          points.stream()
              .anyMatch(p -> p.taken() <= x && p.taken() >= x + 1 - window && p.usableAt(now));
      if (!covered) {
        return last;
      }
      last = age;
    }
    return last;
  }

  /** A point that needs all of {@code parts}, each of which is kept up to an instant. */
  private record Naive(long taken, long complete, List<Long> parts) {
    boolean usableAt(long now) {
      return complete <= now && parts.stream().allMatch(until -> until >= now);
    }
  }

  private static List<Naive> points(List<BackupPolicy> policies, long takes) {
    List<Naive> points = new ArrayList<>();
    BackupPolicy first = policies.get(0);
    for (BackupPolicy policy : policies) {
      long retention = policy.retention().toNanos();
      List<Long> executions = executions(policy);
      for (long taken : executions) {
        List<Long> parts = new ArrayList<>(List.of(taken + retention));
        if (policy.kind() != BackupPolicy.Kind.FULL) {
          Optional<Long> base =
              executions(first).stream()
                  .filter(full -> full < taken && full + takes <= taken)
                  .reduce((one, other) -> other);
          if (base.isEmpty()) {
            continue;
          }
          parts.add(base.get() + first.retention().toNanos());
          if (policy.kind() == BackupPolicy.Kind.WAL) {
            executions.stream()
                .filter(segment -> segment > base.get() && segment <= taken)
                .forEach(segment -> parts.add(segment + retention));
          }
        }
        points.add(new Naive(taken, taken + takes, parts));
      }
    }
    return points;
  }

  private static List<Long> executions(BackupPolicy policy) {
    PrimitiveIterator.OfLong seconds =
        policy.schedule().orElseThrow().epochSecondsFrom(CronSchedule.HORIZON);
    return Stream.generate(() -> seconds.nextLong() * 1_000_000_000L)
        .takeWhile(instant -> instant < TO)
        .toList();
  }

  private static BackupPolicy incremental(String schedule, int days) {
    return basedOn("weekly", BackupPolicy.Kind.INCREMENTAL, "inc", schedule, days(days));
  }

  private static BackupPolicy wal(String schedule, int hours) {
    return basedOn("daily", BackupPolicy.Kind.WAL, "wal", schedule, Duration.ofHours(hours));
  }

  private static Duration nanos(long nanos) {
    return Duration.between(Instant.EPOCH, Instant.EPOCH.plusNanos(nanos));
  }

  private static Duration days(long days) {
    return Duration.ofDays(days);
  }
}
