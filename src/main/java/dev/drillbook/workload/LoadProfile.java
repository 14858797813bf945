package dev.drillbook.workload;

import dev.drillbook.timeline.DrillException;
import java.time.Duration;

/**
 * How hard the clients press.
 *
 * @param perSecond writes a second, on a fixed schedule that slow answers do not stretch
 * @param maxInFlight how many writes may await their answer; a write that falls due beyond that is
 *     recorded as failed
 * @param timeout when a client gives an answer up
 */
public record LoadProfile(double perSecond, int maxInFlight, Duration timeout) {

  public LoadProfile {
    if (!(perSecond > 0 && perSecond <= 100_000)
        || maxInFlight < 1
        || timeout.isNegative()
        || timeout.isZero()) {
      throw new DrillException(
          perSecond
              + " writes a second, "
              + maxInFlight
              + " in flight, a timeout of "
              + timeout
              + ": no client can do that",
          "all three must be more than 0, and the rate at most 100,000");
    }
  }

  /** 50 writes a second, at most 200 of them unanswered, 2 s of patience. */
  public static LoadProfile standard() {
    return new LoadProfile(50, 200, Duration.ofSeconds(2));
  }
}
