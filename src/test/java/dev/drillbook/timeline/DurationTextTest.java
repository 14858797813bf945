package dev.drillbook.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DurationTextTest {

  @ParameterizedTest
  @CsvSource({
    "PT24H, 24 h",
    "PT24H0.4S, 24 h 0.4 s",
    "PT24H0.0004S, 24 h 0.0004 s",
    "PT12H0.4S, 12 h 0.4 s",
    "PT12H34M5S, 12 h 34 min",
    "PT2M1.5S, 2 min 1.5 s",
    "PT15M, 15 min",
    "PT59.999S, 59.99 s",
    "PT1.523S, 1.52 s",
    "PT0.35S, 350 ms",
    "PT0.0024S, 2.4 ms",
    "PT0.0000003S, 0.0003 ms",
    "PT0S, 0 s",
    "PT-1.5S, -1.5 s"
  })
  void aDurationReadsAsItsTwoLargestUnits(Duration duration, String text) {
    assertThat(DurationText.of(duration)).isEqualTo(text);
  }
}
