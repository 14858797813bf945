package dev.drillbook.timeline;

import static dev.drillbook.timeline.Verdict.FAIL;
import static dev.drillbook.timeline.Verdict.PASS;
import static dev.drillbook.timeline.Verdict.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class VerdictTest {

  @Test
  void failIsWorseThanUnknownAndUnknownIsWorseThanPass() {
    assertThat(Verdict.worst(List.of(PASS, FAIL, UNKNOWN))).isEqualTo(FAIL);
    assertThat(Verdict.worst(List.of(UNKNOWN, PASS))).isEqualTo(UNKNOWN);
    assertThat(Verdict.worst(List.of(PASS, PASS))).isEqualTo(PASS);
  }

  @Test
  void whereNothingWasJudgedTheVerdictIsUnknown() {
    assertThat(Verdict.worst(List.of())).isEqualTo(UNKNOWN);
  }

  @Test
  void theWorseOfTwoDoesNotDependOnTheirOrder() {
    for (Verdict left : Verdict.values()) {
      for (Verdict right : Verdict.values()) {
        assertThat(left.and(right)).isEqualTo(right.and(left));
      }
    }
    assertThat(UNKNOWN.and(FAIL)).isEqualTo(FAIL);
  }
}
