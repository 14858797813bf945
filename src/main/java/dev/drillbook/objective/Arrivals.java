package dev.drillbook.objective;

import dev.drillbook.plan.BackupPolicy;
import dev.drillbook.plan.CronSchedule;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Follows the recovery points of several policies of one store, as they become complete, over one
 * whole cycle of their schedules.
 *
 * <p>Between two arrivals things only get worse: time passes, and points go. So whatever is worst
 * is so just before a point arrives, and that is when the stock is shown.
 */
final class Arrivals {
  private final List<PointsOfPolicy> sources;
  private final Duration cycle;

  /** Looks at the stock just before {@code arriving} joins it. */
  @FunctionalInterface
  interface Inspector {
    void before(Point arriving, Stock stock);
  }

  private Arrivals(List<PointsOfPolicy> sources, Duration cycle) {
    this.sources = sources;
    this.cycle = cycle;
  }

  /**
   * Those of {@code policies}; empty where none of them promises any point, because it has no
   * schedule, or is based on one that has none. To be followed once.
   *
   * @param takes how long it is until a policy's backup can be restored
   */
  static Optional<Arrivals> of(
      List<BackupPolicy> policies, Function<BackupPolicy, Duration> takes) {
    Map<String, BackupPolicy> byId =
        policies.stream().collect(Collectors.toMap(BackupPolicy::id, Function.identity()));
    List<PointsOfPolicy> sources =
        policies.stream()
            .map(policy -> points(policy, byId, takes))
            .flatMap(Optional::stream)
            .toList();
    Duration cycle =
        policies.stream()
            .flatMap(policy -> policy.schedule().stream())
            .map(CronSchedule::cycle)
            .reduce(Duration.ZERO, (one, other) -> one.compareTo(other) >= 0 ? one : other);
    return sources.isEmpty() ? Optional.empty() : Optional.of(new Arrivals(sources, cycle));
  }

  private static Optional<PointsOfPolicy> points(
      BackupPolicy policy, Map<String, BackupPolicy> byId, Function<BackupPolicy, Duration> takes) {
    if (policy.schedule().isEmpty()) {
      return Optional.empty();
    }
    if (policy.kind() == BackupPolicy.Kind.FULL) {
      return Optional.of(PointsOfPolicy.full(policy, takes.apply(policy)));
    }
    return policy
        .basedOn()
        .map(byId::get)
        .filter(base -> base.schedule().isPresent())
        .map(base -> PointsOfPolicy.full(base, takes.apply(base)))
        .map(fulls -> PointsOfPolicy.basedOn(fulls, policy, takes.apply(policy)));
  }

  /** Shows every arrival of one cycle, which begins once each policy has had its first point. */
  void inspect(Inspector inspector) {
    Stock stock = new Stock(sources.size());
    Map<Integer, Point> arriving = new HashMap<>();
    long now = Long.MIN_VALUE;
    long end = Long.MAX_VALUE;
    while (now < end) {
      int source = earliest();
      Point point = sources.get(source).removeFirst();
      if (point.complete() > now) {
        arriving.forEach(stock::put);
        arriving.clear();
        if (end == Long.MAX_VALUE && stock.isFull()) {
          end = now + cycle.toNanos();
        }
        now = point.complete();
      }
      if (end < Long.MAX_VALUE) {
        inspector.before(point, stock);
      }
      arriving.put(source, point);
    }
  }

  private int earliest() {
    int earliest = 0;
    for (int source = 1; source < sources.size(); source++) {
      if (complete(source) < complete(earliest)) {
        earliest = source;
      }
    }
    return earliest;
  }

  private long complete(int source) {
    return sources.get(source).first().complete();
  }
}
