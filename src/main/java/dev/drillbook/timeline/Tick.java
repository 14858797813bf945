package dev.drillbook.timeline;

import java.time.Duration;

/**
 * An instant on the monotonic clock of one drill, in nanoseconds since an arbitrary origin. Two
 * ticks can be compared and subtracted; a tick on its own says nothing about the time of day.
 */
public record Tick(long nanos) implements Comparable<Tick> {

  /**
   * The time from {@code earlier} to this tick, never negative.
   *
   * @throws DrillException if {@code earlier} is later than this tick: a meter that is asked for a
   *     negative duration has mixed up its clocks, and a report must not show the result
   */
  public Duration since(Tick earlier) {
    if (nanos < earlier.nanos) {
      throw new DrillException(
          "a duration of "
              + (nanos - earlier.nanos)
              + " ns was asked for; an interval cannot end before it starts",
          "this is a defect in Drillbook: keep the drill's timeline.json and report it");
    }
    return Duration.ofNanos(nanos - earlier.nanos);
  }

  public Tick plus(Duration duration) {
    return new Tick(nanos + duration.toNanos());
  }

  public boolean isBefore(Tick other) {
    return nanos < other.nanos;
  }

  public boolean isAfter(Tick other) {
    return nanos > other.nanos;
  }

  @Override
  public int compareTo(Tick other) {
    return Long.compare(nanos, other.nanos);
  }
}
