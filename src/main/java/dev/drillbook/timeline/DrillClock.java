package dev.drillbook.timeline;

import java.time.Instant;

/**
 * The clock of one drill. Durations come from {@link System#nanoTime()}, which a correction of the
 * wall clock cannot bend; the wall clock is read once, at the start, and only turns ticks into
 * something to display.
 */
public final class DrillClock {
  private final long originNanos;
  private final Instant originWall;

  private DrillClock(long originNanos, Instant originWall) {
    this.originNanos = originNanos;
    this.originWall = originWall;
  }

  /** A clock whose tick zero is now. */
  public static DrillClock start() {
    return new DrillClock(System.nanoTime(), Instant.now());
  }

  /**
   * A clock that displays tick zero as {@code wall}; for records that were read back and for tests.
   */
  public static DrillClock anchoredAt(Instant wall) {
    return new DrillClock(System.nanoTime(), wall);
  }

  public Tick now() {
    return new Tick(System.nanoTime() - originNanos);
  }

  /** The time of day (UTC) at which {@code tick} was taken, for display only. */
  public Instant wall(Tick tick) {
    return originWall.plusNanos(tick.nanos());
  }
}
