package dev.drillbook.report;

import dev.drillbook.timeline.Tick;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A linear scale from ticks to the picture's x; what lies outside is drawn at the edge. */
record TimeScale(Tick from, Tick to, double left, double width) {
  private static final long[] STEPS_MILLIS = {
    1,
    2,
    5,
    10,
    20,
    50,
    100,
    200,
    500,
    1_000,
    2_000,
    5_000,
    10_000,
    15_000,
    30_000,
    60_000,
    120_000,
    300_000,
    600_000,
    900_000,
    1_800_000,
    3_600_000,
    7_200_000,
    14_400_000,
    28_800_000,
    86_400_000
  };

  TimeScale {
    if (!to.isAfter(from)) {
      to = from.plus(Duration.ofMillis(1));
    }
  }

  double x(Tick tick) {
    double share = (tick.nanos() - from.nanos()) / (double) (to.nanos() - from.nanos());
    return left + width * Math.min(1, Math.max(0, share));
  }

  double right() {
    return left + width;
  }

  /** Round times after {@code origin}, near and before it, at most {@code most} of them. */
  List<Tick> marks(Tick origin, int most) {
    long span = to.nanos() - from.nanos();
    long step = STEPS_MILLIS[STEPS_MILLIS.length - 1] * 1_000_000;
    for (long millis : STEPS_MILLIS) {
      if (span / (millis * 1_000_000) < most) {
        step = millis * 1_000_000;
        break;
      }
    }
    while (span / step >= most) {
      step *= 2;
    }
    List<Tick> marks = new ArrayList<>();
    long first = -Math.floorDiv(origin.nanos() - from.nanos(), step);
    for (long at = origin.nanos() + first * step; at <= to.nanos(); at += step) {
      marks.add(new Tick(at));
    }
    return marks;
  }
}
