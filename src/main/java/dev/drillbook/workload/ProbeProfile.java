package dev.drillbook.workload;

import dev.drillbook.timeline.DrillException;
import java.time.Duration;

/**
 * How the probe measures. The interval is the precision of every outage that it sees.
 *
 * @param interval from one probe's due time to the next one's
 * @param timeout a probe that is not through by then has failed, so that a hung request hides
 *     nothing
 * @param stableAfter how many probes in a row must succeed before the service counts as stable
 * @param detectedAfter how many in a row must fail before monitoring counts as having noticed
 */
public record ProbeProfile(
    Duration interval, Duration timeout, int stableAfter, int detectedAfter) {

  public ProbeProfile {
    if (interval.compareTo(Duration.ofMillis(1)) < 0 || timeout.compareTo(interval) < 0) {
      throw new DrillException(
          "a probe every " + interval + " with a timeout of " + timeout + " measures nothing",
          "the interval must be at least 1 ms and the timeout at least the interval");
    }
    if (stableAfter < 1 || detectedAfter < 1) {
      throw new DrillException(
          "stableAfter is " + stableAfter + " and detectedAfter " + detectedAfter,
          "both must be at least 1");
    }
  }

  /**
   * Every 10 ms, 250 ms of patience, stable after 50 successes in a row (half a second), noticed
   * after 3 failures.
   */
  public static ProbeProfile standard() {
    return new ProbeProfile(Duration.ofMillis(10), Duration.ofMillis(250), 50, 3);
  }
}
