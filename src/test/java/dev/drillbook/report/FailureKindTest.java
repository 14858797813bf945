package dev.drillbook.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillbook.run.Records;
import org.junit.jupiter.api.Test;

class FailureKindTest {

  @Test
  void aDrillThatPassedIsOfNoKind() {
    assertThat(FailureKind.of(Records.passing().build())).isEmpty();
  }

  @Test
  void everyKindThatAppliesIsNamedTheGravestFirst() {
    assertThat(FailureKind.of(Records.failing().build()))
        .containsExactly(
            FailureKind.DATA_INTEGRITY, FailureKind.RPO_MISSED, FailureKind.RUNBOOK_NOT_KEPT);
  }

  @Test
  void aFailedStepIsAFailedRecoveryAndNoMereDeviation() {
    assertThat(FailureKind.of(Records.recoveryFailed().build()))
        .containsExactly(FailureKind.RECOVERY_FAILED, FailureKind.RTO_MISSED);
  }

  @Test
  void aVerdictThatIsUnknownProvesNothing() {
    assertThat(FailureKind.of(Records.empty().build())).containsExactly(FailureKind.NOTHING_PROVEN);
  }
}
