package dev.drillbook.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drillbook.run.Records;
import dev.drillbook.run.SampleRecord;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class TimelineJsonTest {

  @Test
  void itHoldsPhasesClocksStepsAndEventsWithTheirTimes() throws IOException {
    JsonNode json = json(Records.passing());

    assertThat(json.get("startedAt").textValue()).isEqualTo("2026-11-01T02:00:00.250Z");
    assertThat(json.at("/phases/4/phase").textValue()).isEqualTo("DISASTER");
    assertThat(json.at("/phases/4/startMillis").doubleValue()).isEqualTo(6311.2);
    assertThat(json.at("/clocks/0/clock").textValue()).isEqualTo("fault");
    assertThat(json.at("/clocks/0/millis").doubleValue()).isEqualTo(6312.4);
    assertThat(json.at("/clocks/0/utc").textValue()).isEqualTo("2026-11-01T02:00:06.562400Z");
    assertThat(json.at("/steps/1/outcome").textValue()).isEqualTo("SUCCEEDED");
    assertThat(json.get("events").findValuesAsText("type"))
        .contains("PhaseStarted", "BackupTaken", "FaultInjected", "NoncePlanted", "StepEnded");
  }

  @Test
  void itHoldsWhoWouldHaveBeenCalledAndTheChecklist() throws IOException {
    JsonNode json = json(Records.passing());

    assertThat(json.at("/escalation/1/who").textValue()).isEqualTo("Team lead");
    assertThat(json.at("/escalation/1/sinceFaultMillis").doubleValue()).isEqualTo(120_028.6);
    assertThat(json.at("/escalation/2/sinceFaultMillis").isNull()).isTrue();
    assertThat(json.at("/checklist/0/verdict").textValue()).isEqualTo("PASS");
    assertThat(json.at("/checklist/1/verdict").isNull()).isTrue();
  }

  @Test
  void aClockThatNeverCameIsNull() throws IOException {
    assertThat(json(Records.recoveryFailed()).at("/clocks/7/millis").isNull()).isTrue();
  }

  @Test
  void fewProbesAreAllThere() throws IOException {
    JsonNode probes = json(Records.passing()).get("probes");

    assertThat(probes.get("count").intValue()).isEqualTo(542);
    assertThat(probes.get("failed").intValue()).isEqualTo(148);
    assertThat(probes.get("perEntry").intValue()).isEqualTo(1);
    assertThat(probes.get("dueMillis")).hasSize(542);
    assertThat(probes.at("/errors/0/error").textValue()).isEqualTo("connection refused");
  }

  @Test
  void manyProbesAreGroupedWithoutLosingAFailure() throws IOException {
    JsonNode probes = json(Records.hourLong()).get("probes");

    assertThat(probes.get("perEntry").intValue()).isEqualTo(18);
    assertThat(probes.get("dueMillis")).hasSize(20_000);
    int failed = 0;
    for (JsonNode entry : probes.get("failedOfEntry")) {
      failed += entry.intValue();
    }
    assertThat(failed).isEqualTo(60_000).isEqualTo(probes.get("failed").intValue());
  }

  @Test
  void nothingAtAllAndHostileNamesAreJsonToo() throws IOException {
    assertThat(json(Records.empty()).at("/probes/count").intValue()).isZero();
    assertThat(json(Records.hostile()).get("events")).isNotEmpty();
  }

  private static JsonNode json(SampleRecord record) throws IOException {
    return new ObjectMapper().readTree(TimelineJson.of(record.build()));
  }
}
