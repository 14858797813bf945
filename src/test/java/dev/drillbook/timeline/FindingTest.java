package dev.drillbook.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class FindingTest {

  @Test
  void aPassIsNoFinding() {
    assertThatThrownBy(() -> new Finding(Verdict.PASS, "rows", "some", "some", List.of(), "none"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("rows");
  }

  @Test
  void atMostFiveExamplesAreShown() {
    Finding finding =
        Finding.fail("rows", "all", "some", "look")
            .withExamples(List.of("1", "2", "3", "4", "5", "6", "7"));
    assertThat(finding.examples()).containsExactly("1", "2", "3", "4", "5");
    assertThat(finding.verdict()).isEqualTo(Verdict.FAIL);
  }

  @Test
  void whatCouldNotBeJudgedIsUnknown() {
    Finding finding = Finding.unknown("rows", "all", "unreadable", "look");
    assertThat(finding)
        .isEqualTo(new Finding(Verdict.UNKNOWN, "rows", "all", "unreadable", List.of(), "look"));
  }
}
