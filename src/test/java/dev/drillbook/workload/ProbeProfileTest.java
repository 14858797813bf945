package dev.drillbook.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drillbook.timeline.DrillException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProbeProfileTest {

  @ParameterizedTest(name = "every {0}, timeout {1}, stable after {2}, detected after {3}")
  @CsvSource({
    "PT0.000999999S, PT1S, 5, 3, measures nothing",
    "PT-1S, PT1S, 5, 3, measures nothing",
    "PT1S, PT0.999S, 5, 3, measures nothing",
    "PT1S, PT1S, 0, 3, stableAfter is 0",
    "PT1S, PT1S, 5, 0, detectedAfter 0"
  })
  void aProfileThatMeasuresNothingIsRefused(
      Duration interval, Duration timeout, int stableAfter, int detectedAfter, String problem) {
    assertThatThrownBy(() -> new ProbeProfile(interval, timeout, stableAfter, detectedAfter))
        .isInstanceOf(DrillException.class)
        .hasMessageContaining(problem);
  }

  @Test
  void theSmallestValuesAreAccepted() {
    Duration millisecond = Duration.ofMillis(1);
    assertThat(new ProbeProfile(millisecond, millisecond, 1, 1).interval()).isEqualTo(millisecond);
  }

  @Test
  void theStandardIsStableAfterHalfASecond() {
    ProbeProfile standard = ProbeProfile.standard();
    assertThat(standard.interval().multipliedBy(standard.stableAfter()))
        .isEqualTo(Duration.ofMillis(500));
  }
}
