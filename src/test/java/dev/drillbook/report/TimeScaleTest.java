package dev.drillbook.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillbook.timeline.Tick;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimeScaleTest {

  @Test
  void ticksOutsideAreDrawnAtTheEdge() {
    TimeScale scale = new TimeScale(new Tick(100), new Tick(300), 10, 200);

    assertThat(scale.x(new Tick(0))).isEqualTo(10);
    assertThat(scale.x(new Tick(200))).isEqualTo(110);
    assertThat(scale.x(new Tick(900))).isEqualTo(210);
  }

  @Test
  void marksAreRoundTimesAroundTheOrigin() {
    TimeScale scale = new TimeScale(new Tick(1_500_000_000L), new Tick(4_100_000_000L), 0, 1);

    List<Tick> marks = scale.marks(new Tick(2_000_000_000L), 6);

    assertThat(marks)
        .extracting(Tick::nanos)
        .containsExactly(
            1_500_000_000L,
            2_000_000_000L,
            2_500_000_000L,
            3_000_000_000L,
            3_500_000_000L,
            4_000_000_000L);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 1_000_000, 61_000_000_000L, 3_600_000_000_000L, 900_000_000_000_000L})
  void anySpanHasAFewMarks(long nanos) {
    TimeScale scale = new TimeScale(new Tick(0), new Tick(nanos), 0, 100);

    assertThat(scale.marks(new Tick(0), 11)).hasSizeBetween(1, 12);
  }
}
