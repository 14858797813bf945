package dev.drillbook.objective;

import dev.drillbook.plan.DataSize;
import dev.drillbook.timeline.DurationText;
import dev.drillbook.timeline.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What drills on small data say about the RTO at production's size: a fixed cost and a cost per
 * byte, fitted by least squares, and the interval in which one more drill of that size would end
 * with 90 % probability. Only as good as that model: a restore that gets slower per byte as data
 * outgrow memory is not seen by drills that never do.
 */
public sealed interface Projection {

  /** One line for people. */
  String text();

  /**
   * One drill.
   *
   * @param size of the data when its backup was taken
   * @param outage the measured outage, without manual steps; empty for a run that failed, which has
   *     none and counts for nothing
   */
  record Observation(DataSize size, Optional<Duration> outage) {}

  /**
   * A projected RTO, with the declared time of the manual steps in it.
   *
   * @param low the interval's lower end, and not less than the manual steps' time
   * @param extrapolation how many times the largest size that was measured
   * @param verdict PASS if the whole interval is within the target, FAIL if none of it is, UNKNOWN
   *     if the target lies in between
   */
  record Projected(
      Duration value,
      Duration low,
      Duration high,
      DataSize at,
      Duration target,
      double extrapolation,
      Verdict verdict)
      implements Projection {
    @Override
    public String text() {
      return "RTO at "
          + at
          + ": "
          + DurationText.of(RoundedTime.nearest(value))
          + ", 90 % interval "
          + DurationText.of(RoundedTime.down(low))
          + " to "
          + DurationText.of(RoundedTime.up(high))
          + ", target "
          + DurationText.of(target)
          + ": "
          + (verdict == Verdict.UNKNOWN
              ? "UNKNOWN, the interval straddles the target"
              : verdict.name())
          + " ("
          + (extrapolation > 1
              ? String.format(
                  Locale.ROOT, extrapolation < 10 ? "%.1f times" : "%.0f times", extrapolation)
              : "not above")
          + " the largest size drilled)";
    }
  }

  /** The drills do not tell. */
  record NotEnough(DataSize at, String reason) implements Projection {
    @Override
    public String text() {
      return "RTO at " + at + ": not enough data: " + reason;
    }
  }

  /**
   * Projects the RTO.
   *
   * @param drills of the same scenario, on the same kind of site and machine
   * @param at production's size
   * @param manual the declared time of the manual steps, added as it is
   * @param target the RTO
   */
  static Projection of(List<Observation> drills, DataSize at, Duration manual, Duration target) {
    return new Projector(drills, at).project(manual, target);
  }
}
