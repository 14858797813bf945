package dev.drillbook.objective;

import dev.drillbook.plan.DataSize;
import dev.drillbook.timeline.DurationText;
import dev.drillbook.timeline.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/** Fits the drills, and refuses where a projection would only look like one. */
final class Projector {
  private static final double CONFIDENCE = 0.9;
  private static final double GIGABYTE = 1e9;
  private static final int SIZES_NEEDED = 3;

  /** The same seed gives slightly different sizes; only what is further apart tells of growth. */
  private static final double SAME_SIZE = 1.1;

  private static final int RANGE_NEEDED = 2;

  private final List<Projection.Observation> drills;
  private final DataSize at;

  Projector(List<Projection.Observation> drills, DataSize at) {
    this.drills = drills.stream().filter(drill -> drill.outage().isPresent()).toList();
    this.at = at;
  }

  Projection project(Duration manual, Duration target) {
    return tooFew()
        .or(() -> misfit(fit()))
        .map(reason -> (Projection) new Projection.NotEnough(at, reason))
        .orElseGet(() -> projected(fit(), manual, target));
  }

  private Optional<String> tooFew() {
    List<Long> sizes = sizes().sorted().boxed().toList();
    int distinct = distinct(sizes);
    if (distinct < SIZES_NEEDED) {
      return Optional.of(
          "drills that passed at "
              + SIZES_NEEDED
              + " sizes are needed, there are "
              + distinct
              + " (run drills at other scales)");
    }
    long smallest = sizes.get(0);
    long largest = sizes.get(sizes.size() - 1);
    return largest / RANGE_NEEDED >= smallest
        ? Optional.empty()
        : Optional.of(
            "the largest size drilled, "
                + new DataSize(largest)
                + ", is less than "
                + RANGE_NEEDED
                + " times the smallest, "
                + new DataSize(smallest));
  }

  private static int distinct(List<Long> ascending) {
    int distinct = 0;
    double counted = 0;
    for (long size : ascending) {
      if (size >= counted * SAME_SIZE) {
        distinct++;
        counted = size;
      }
    }
    return distinct;
  }

  /** Why a line is no model of these drills, if it is none. */
  private static Optional<String> misfit(LeastSquares line) {
    if (line.slope() <= 0) {
      return Optional.of("larger data did not take longer, so that noise hides what a byte costs");
    }
    double mostFixed = line.intercept() + line.meanHalfWidth(0, CONFIDENCE);
    return mostFixed >= 0
        ? Optional.empty()
        : Optional.of(
            "the fitted fixed cost is at most -"
                + DurationText.of(duration(-mostFixed))
                + ": the time grows faster than the data");
  }

  private Projection projected(LeastSquares line, Duration manual, Duration target) {
    double size = at.bytes() / GIGABYTE;
    double middle = line.at(size);
    double half = line.predictionHalfWidth(size, CONFIDENCE);
    Duration low = manual.plus(duration(Math.max(0, middle - half)));
    Duration high = manual.plus(duration(middle + half));
    long largest = sizes().max().orElseThrow();
    return new Projection.Projected(
        manual.plus(duration(Math.max(0, middle))),
        low,
        high,
        at,
        target,
        (double) at.bytes() / largest,
        verdict(low, high, target));
  }

  private static Verdict verdict(Duration low, Duration high, Duration target) {
    if (high.compareTo(target) <= 0) {
      return Verdict.PASS;
    }
    return low.compareTo(target) > 0 ? Verdict.FAIL : Verdict.UNKNOWN;
  }

  private LeastSquares fit() {
    double[] gigabytes = sizes().mapToDouble(bytes -> bytes / GIGABYTE).toArray();
    double[] seconds =
        drills.stream()
            .flatMap(drill -> drill.outage().stream())
            .mapToDouble(outage -> outage.toNanos() / 1e9)
            .toArray();
    return new LeastSquares(gigabytes, seconds);
  }

  private LongStream sizes() {
    return drills.stream().mapToLong(drill -> drill.size().bytes());
  }

  private static Duration duration(double seconds) {
    return Duration.ofNanos(Math.round(seconds * 1e9));
  }
}
