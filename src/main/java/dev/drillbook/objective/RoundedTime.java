package dev.drillbook.objective;

import java.time.Duration;

/** Projected times with no more digits than they are worth: two, or whole minutes from ten on. */
final class RoundedTime {
  private RoundedTime() {}

  static Duration down(Duration time) {
    long unit = unit(time);
    return Duration.ofMillis(time.toMillis() / unit * unit);
  }

  static Duration up(Duration time) {
    long unit = unit(time);
    return Duration.ofMillis((time.toMillis() + unit - 1) / unit * unit);
  }

  static Duration nearest(Duration time) {
    long unit = unit(time);
    return Duration.ofMillis((time.toMillis() + unit / 2) / unit * unit);
  }

  /** In milliseconds. */
  private static long unit(Duration time) {
    if (time.compareTo(Duration.ofMinutes(10)) >= 0) {
      return 60_000;
    }
    return time.compareTo(Duration.ofSeconds(10)) >= 0 ? 1_000 : 100;
  }
}
