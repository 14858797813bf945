package dev.drillbook.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.drillbook.objective.Projection.NotEnough;
import dev.drillbook.objective.Projection.Observation;
import dev.drillbook.objective.Projection.Projected;
import dev.drillbook.plan.DataSize;
import dev.drillbook.timeline.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProjectionTest {
  private static final DataSize AT = gigabytes(10);
  private static final Duration TARGET = Duration.ofMinutes(45);
  private static final Duration MANUAL = Duration.ofMinutes(2);

  /** Worked out by hand in {@link LeastSquaresTest}, there with tenths of these times. */
  private static final List<Observation> DRILLS =
      List.of(ran(1, 120), ran(2, 140), ran(3, 170), ran(4, 170));

  private static final double MIDDLE = 285;
  private static final double HALF = 29.19985580355516 * Math.sqrt(0.9 * 12.5);

  @Test
  void theProjectionIsTheLineAndTheIntervalOfOneMoreDrillWithManualStepsOnTop() {
    Projected projected = projected(DRILLS, TARGET);
    assertThat(seconds(projected.value())).isEqualTo(120 + MIDDLE, within(1e-6));
    assertThat(seconds(projected.low())).isEqualTo(120 + MIDDLE - HALF, within(1e-6));
    assertThat(seconds(projected.high())).isEqualTo(120 + MIDDLE + HALF, within(1e-6));
    assertThat(projected.at()).isEqualTo(AT);
    assertThat(projected.target()).isEqualTo(TARGET);
    assertThat(projected.extrapolation()).isEqualTo(2.5);
  }

  @Test
  void theWholeIntervalMustBeWithinTheTarget() {
    Projected any = projected(DRILLS, TARGET);
    Duration moment = Duration.ofNanos(1);
    assertThat(projected(DRILLS, any.high()).verdict()).isEqualTo(Verdict.PASS);
    assertThat(projected(DRILLS, any.high().minus(moment)).verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(projected(DRILLS, any.low()).verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(projected(DRILLS, any.low().minus(moment)).verdict()).isEqualTo(Verdict.FAIL);
  }

  @Test
  void itIsNeverABareNumber() {
    assertThat(projected(DRILLS, TARGET).text())
        .isEqualTo(
            "RTO at 10 GB: 6 min 45 s, 90 % interval 5 min 7 s to 8 min 23 s, target 45 min: PASS"
                + " (2.5 times the largest size drilled)");
    assertThat(projected(DRILLS, Duration.ofMinutes(5)).text()).contains("target 5 min: FAIL (");
    assertThat(projected(DRILLS, Duration.ofMinutes(6)).text())
        .contains("target 6 min: UNKNOWN, the interval straddles the target (");
  }

  @Test
  void farExtrapolationIsToldInWholeTimesAndNoneAsNone() {
    assertThat(Projection.of(DRILLS, gigabytes(40), MANUAL, TARGET).text())
        .endsWith("(10 times the largest size drilled)");
    assertThat(Projection.of(DRILLS, gigabytes(39), MANUAL, TARGET).text())
        .endsWith("(9.8 times the largest size drilled)");
    assertThat(Projection.of(DRILLS, gigabytes(4), MANUAL, TARGET).text())
        .endsWith("(not above the largest size drilled)");
  }

  @Test
  void timesAreRoundedOutwardsToWhatTheyAreWorth() {
    Projected far = (Projected) Projection.of(DRILLS, gigabytes(120), Duration.ZERO, TARGET);
    // 105 s + 120 x 18 s = 37 min 45 s; the interval's half width is 24 min 20 s.
    assertThat(far.text()).startsWith("RTO at 120 GB: 38 min, 90 % interval 13 min to 1 h 3 min");
    List<Observation> quick = List.of(ran(1, 2), ran(2, 2.2), ran(4, 2.6));
    assertThat(Projection.of(quick, gigabytes(5), Duration.ZERO, TARGET).text())
        .startsWith("RTO at 5 GB: 2.8 s, 90 % interval 2.8 s to 2.8 s");
  }

  @Test
  void theLowerEndIsNotBelowTheManualSteps() {
    List<Observation> noisy = List.of(ran(1, 10), ran(2, 40), ran(4, 20), ran(8, 60));
    Projected projected = (Projected) Projection.of(noisy, gigabytes(1), MANUAL, TARGET);
    assertThat(projected.low()).isEqualTo(MANUAL);
    assertThat(projected.high()).isGreaterThan(projected.value());
  }

  @ParameterizedTest(name = "{0} sizes")
  @CsvSource({"0", "1", "2"})
  void fewerThanThreeSizesAreNotEnough(int sizes) {
    assertThat(notEnough(DRILLS.subList(0, sizes)))
        .isEqualTo(
            "RTO at 10 GB: not enough data: drills that passed at 3 sizes are needed, there are "
                + sizes
                + " (run drills at other scales)");
  }

  @Test
  void sizesWithinATenthAreOne() {
    assertThat(notEnough(List.of(ran(1, 10), ran(1.099, 11), ran(2, 20), ran(2.199, 20))))
        .contains("there are 2 ");
    assertThat(Projection.of(List.of(ran(1, 10), ran(1.1, 11), ran(2, 20)), AT, MANUAL, TARGET))
        .isInstanceOf(Projected.class);
    assertThat(notEnough(List.of(ran(2, 10), ran(2, 11), ran(2, 20), ran(1, 8))))
        .contains("there are 2 ");
  }

  @Test
  void sizesTooCloseTogetherAreNotEnough() {
    assertThat(notEnough(List.of(ran(1, 10), ran(1.5, 13), ran(1.999, 16))))
        .endsWith("the largest size drilled, 2 GB, is less than 2 times the smallest, 1 GB");
    assertThat(Projection.of(List.of(ran(1, 10), ran(1.5, 13), ran(2, 17)), AT, MANUAL, TARGET))
        .isInstanceOf(Projected.class);
  }

  @Test
  void timesThatDoNotGrowAreNotEnough() {
    assertThat(notEnough(List.of(ran(1, 30), ran(2, 20), ran(4, 10))))
        .endsWith("larger data did not take longer, so that noise hides what a byte costs");
    assertThat(notEnough(List.of(ran(1, 20), ran(2, 20), ran(4, 20)))).contains("noise hides");
  }

  @Test
  void aFixedCostBelowZeroBeyondNoiseMeansThatALineIsTheWrongModel() {
    assertThat(
            notEnough(
                List.of(ran(1, 1.01), ran(2, 3.99), ran(3, 7.01), ran(4, 9.99), ran(5, 13.01))))
        .endsWith(": the time grows faster than the data");
    // The same slope and a fixed cost of -2 s, within the noise now.
    assertThat(
            Projection.of(
                List.of(ran(1, 3), ran(2, 2), ran(3, 9), ran(4, 8), ran(5, 13)),
                AT,
                MANUAL,
                TARGET))
        .isInstanceOf(Projected.class);
  }

  @Test
  void aFixedCostOfZeroIsPossible() {
    assertThat(
            Projection.of(
                List.of(ran(1, 8), ran(2, 16), ran(4, 32)), gigabytes(8), Duration.ZERO, TARGET))
        .isEqualTo(
            new Projected(
                Duration.ofSeconds(64),
                Duration.ofSeconds(64),
                Duration.ofSeconds(64),
                gigabytes(8),
                TARGET,
                2,
                Verdict.PASS));
  }

  @Test
  void failedRunsCountForNothing() {
    List<Observation> drills = new ArrayList<>(DRILLS);
    drills.add(new Observation(gigabytes(9), Optional.empty()));
    assertThat(Projection.of(drills, AT, MANUAL, TARGET))
        .isEqualTo(Projection.of(DRILLS, AT, MANUAL, TARGET));
    assertThat(Projection.of(drills.subList(2, 5), AT, MANUAL, TARGET))
        .isInstanceOf(NotEnough.class);
  }

  private static Projected projected(List<Observation> drills, Duration target) {
    return (Projected) Projection.of(drills, AT, MANUAL, target);
  }

  private static String notEnough(List<Observation> drills) {
    Projection projection = Projection.of(drills, AT, MANUAL, TARGET);
    assertThat(projection).isInstanceOf(NotEnough.class);
    return projection.text();
  }

  private static Observation ran(double gigabytes, double seconds) {
    return new Observation(
        gigabytes(gigabytes), Optional.of(Duration.ofMillis(Math.round(seconds * 1000))));
  }

  private static DataSize gigabytes(double gigabytes) {
    return new DataSize(Math.round(gigabytes * 1e9));
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}
