package dev.drillbook.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillbook.run.Records;
import dev.drillbook.run.SampleRecord;
import dev.drillbook.timeline.Tick;
import dev.drillbook.workload.ProbeResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProbeLatencyTest {

  @Test
  void aPercentileIsAValueThatWasMeasured() {
    long[] hundred = new long[100];
    Arrays.setAll(hundred, i -> i + 1);
    assertThat(ProbeLatency.percentile(hundred, 0.5)).isEqualTo(50);
    assertThat(ProbeLatency.percentile(hundred, 0.95)).isEqualTo(95);
    assertThat(ProbeLatency.percentile(hundred, 0.99)).isEqualTo(99);
    assertThat(ProbeLatency.percentile(new long[] {7}, 0.5)).isEqualTo(7);
  }

  @Test
  void latencyIsOfProbesThatSucceededBeforeTheFaultAndAfterTheRecovery() {
    SampleRecord record = Records.passing();
    Tick fault = record.clocks.fault().orElseThrow();
    Tick stable = record.clocks.stableOk().orElseThrow();
    List<ProbeResult> probes = new ArrayList<>();
    probe(probes, new Tick(0), 3_000_000, true);
    probe(probes, new Tick(1), 90_000_000, false);
    probe(probes, fault, 80_000_000, true);
    probe(probes, stable, 5_000_000, true);
    record.probes = probes;
    assertThat(ProbeLatency.line(record.build()))
        .hasValue(
            "probe latency p50 / p95 / p99: before the fault 3 ms / 3 ms / 3 ms of 1; after the recovery 5 ms / 5 ms / 5 ms of 1");
    record.probes = List.of();
    assertThat(ProbeLatency.line(record.build())).isEmpty();
  }

  private static void probe(List<ProbeResult> probes, Tick due, long nanos, boolean ok) {
    Tick answered = new Tick(due.nanos() + nanos);
    probes.add(new ProbeResult(probes.size(), due, answered, ok, ok ? "" : "refused"));
  }
}
