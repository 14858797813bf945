package dev.drillbook.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DurationTextTest {

  @ParameterizedTest(name = "{0} reads {1}")
  @CsvSource({
    "PT0S, 0 s",
    "PT0.000000012S, 12 ns",
    "PT0.00035S, 350 µs",
    "PT0.0015S, 1.5 ms",
    "PT0.35S, 350 ms",
    "PT1S, 1 s",
    "PT1.52S, 1.52 s",
    "PT12.345S, 12.3 s",
    "PT2M5S, 2 min 5 s",
    "PT2M5.25S, 2 min 5.25 s",
    "PT30M, 30 min",
    "PT90M, 1 h 30 min",
    "PT24H, 24 h",
    "PT36H, 36 h",
    "PT12H0.4S, 12 h 0.4 s",
    "PT12H5M40S, 12 h 6 min",
    "PT48H, 2 d",
    "PT53H, 2 d 5 h",
    "PT48H30M, 2 d 30 min",
    "P7D, 7 d",
    "P1461D, 1461 d"
  })
  void aDurationReadsInAtMostTwoUnits(Duration duration, String text) {
    assertThat(DurationText.of(duration)).isEqualTo(text);
  }

  @ParameterizedTest(name = "{0} reads {1}")
  @CsvSource({
    "PT24H0.4S, 24 h 0.4 s",
    "PT24H0.000000001S, 24 h 0.000000001 s",
    "PT45M0.001S, 45 min 0.001 s",
    "P14DT1S, 14 d 1 s"
  })
  void whatExceedsATargetStaysVisible(Duration duration, String text) {
    assertThat(DurationText.of(duration)).isEqualTo(text);
  }

  @ParameterizedTest(name = "{0} reads {1}")
  @CsvSource({
    "PT59.97S, 59.9 s",
    "PT0.9999S, 999 ms",
    "PT0.0009999S, 999 µs",
    "PT1M59.97S, 1 min 59.9 s",
    "PT23H59M59S, 23 h 59 min",
    "P2DT23H59M, 2 d 23 h"
  })
  void roundingNeverReachesTheNextUnit(Duration duration, String text) {
    assertThat(DurationText.of(duration)).isEqualTo(text);
  }

  @Test
  void aNegativeDurationHasAMinus() {
    assertThat(DurationText.of(Duration.ofMillis(-1520))).isEqualTo("-1.52 s");
  }
}
