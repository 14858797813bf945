package dev.drillbook.workload;

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

  /** 50 writes a second, at most 200 of them unanswered, 2 s of patience. */
  public static LoadProfile standard() {
    return new LoadProfile(50, 200, Duration.ofSeconds(2));
  }
}
