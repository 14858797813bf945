package dev.drillbook.timeline;

import java.time.Duration;

/** Stand-in until the real one is merged. */
public final class DurationText {
  private DurationText() {}

  public static String of(Duration duration) {
    return duration.toString();
  }
}
