package dev.drillbook.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillbook.run.Records;
import dev.drillbook.run.SampleRecord;
import dev.drillbook.timeline.Phase;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PhaseSpanTest {

  @Test
  void eachPhaseRunsFromItsStartToItsEnd() {
    PhaseSpan first = PhaseSpan.of(Records.passing().build()).get(0);

    assertThat(first.phase()).isEqualTo(Phase.PROVISION);
    assertThat(first.took()).isEqualTo(Duration.ofMillis(2890));
    assertThat(first.complete()).isTrue();
  }

  @Test
  void aPhaseThatNeverEndedLastsUntilTheDrillsEndAndIsIncomplete() {
    SampleRecord record = Records.passing();
    record.timeline = record.timeline.subList(0, record.timeline.size() - 1);

    PhaseSpan last = PhaseSpan.of(record.build()).get(10);

    assertThat(last.phase()).isEqualTo(Phase.CLEAN_UP);
    assertThat(last.ended()).isEqualTo(record.ended);
    assertThat(last.complete()).isFalse();
  }

  @Test
  void aDrillThatNeverBeganHasNoPhases() {
    assertThat(PhaseSpan.of(Records.empty().build())).isEmpty();
  }
}
