package dev.drillbook.objective;

import dev.drillbook.plan.BackupPolicy;
import dev.drillbook.plan.RecoveryPromise;
import dev.drillbook.timeline.DurationText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How far back a store's backups can take it, held against a promise.
 *
 * <p>The promise at a moment t, for an age a: some point p that is still kept at t has t − a −
 * every ≤ p ≤ t − a. For the state of a moment x, the candidates are the points of the stretch from
 * x − every to x; they are kept until M(x), the latest of their ends; so x can be restored from x
 * to M(x) inclusive, and at ages up to M(x) − x. Every age up to the smallest of these, over all x,
 * is covered at any moment, and every larger one is missing at some. M(x) − x is smallest just
 * before a point comes; for a single policy it is the retention less the longest gap, so what it
 * takes is retention ≥ reachingBack + longest gap. A point counts from the moment whose state it
 * holds: that it must be complete first is the business of the RPO.
 *
 * @param unbroken up to and including this age the promise holds at any moment; empty where it does
 *     not even for the present
 * @param any up to and including this age there is some older point at any moment; empty where at
 *     some moment there is none
 */
public record Coverage(
    RecoveryPromise promise, Optional<Duration> unbroken, Optional<Duration> any) {
  private static final Duration EVER = Duration.ofDays(200 * 365);

  /**
   * Ages for which the promise does not hold at some moment: above {@code from}, or from it on
   * where it is zero, up to and including {@code to}.
   *
   * @param nothing whether nothing at all is kept of that age; otherwise points are too far apart
   */
  public record Missing(Duration from, Duration to, boolean nothing) {}

  /**
   * The coverage by {@code policies}, which are all those of the promise's store; empty where none
   * of them promises any point.
   */
  public static Optional<Coverage> of(RecoveryPromise promise, List<BackupPolicy> policies) {
    return Arrivals.of(policies, policy -> Duration.ZERO)
        .map(
            arrivals -> {
              ShortestKept unbroken = new ShortestKept(promise.every());
              ShortestKept any = new ShortestKept(EVER);
              arrivals.inspect(
                  (arriving, stock) -> {
                    unbroken.before(arriving, stock);
                    any.before(arriving, stock);
                  });
              return new Coverage(promise, unbroken.duration(), any.duration());
            });
  }

  public boolean holds() {
    return unbroken.filter(reach -> reach.compareTo(promise.reachingBack()) >= 0).isPresent();
  }

  /** The ages that are missing, youngest first; none where the promise holds. */
  public List<Missing> missing() {
    List<Missing> missing = new ArrayList<>();
    if (!holds()) {
      Duration end = promise.reachingBack();
      Duration sparse = unbroken.orElse(Duration.ZERO);
      Duration nothing = any.orElse(Duration.ZERO);
      Duration between = nothing.compareTo(end) < 0 ? nothing : end;
      if (sparse.compareTo(between) < 0) {
        missing.add(new Missing(sparse, between, false));
      }
      if (between.compareTo(end) < 0) {
        missing.add(new Missing(between, end, true));
      }
    }
    return missing;
  }

  /** Such as "between 13 d and 30 d nothing is kept". */
  String missingText() {
    return missing().stream()
        .map(
            ages ->
                "between "
                    + DurationText.of(ages.from())
                    + " and "
                    + DurationText.of(ages.to())
                    + (ages.nothing()
                        ? " nothing is kept"
                        : " points are more than " + DurationText.of(promise.every()) + " apart"))
        .reduce((one, other) -> one + "; " + other)
        .orElse("nothing is missing");
  }
}
