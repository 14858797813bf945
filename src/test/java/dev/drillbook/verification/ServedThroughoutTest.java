package dev.drillbook.verification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillbook.timeline.Finding;
import dev.drillbook.timeline.Tick;
import dev.drillbook.timeline.Verdict;
import dev.drillbook.workload.Ledger;
import dev.drillbook.workload.LedgerView;
import dev.drillbook.workload.Operation;
import dev.drillbook.workload.Outcome;
import dev.drillbook.workload.ProbeResult;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServedThroughoutTest {
  private static final long MILLI = 1_000_000;
  private static final Tick STEADY = new Tick(100 * MILLI);
  private static final Tick DISASTER = new Tick(200 * MILLI);

  private final List<Ledger.Entry> writes = new ArrayList<>();
  private final List<ProbeResult> probes = new ArrayList<>();

  private void write(long atMillis, long forMillis, Outcome outcome) {
    int id = writes.size();
    Tick invoked = new Tick(atMillis * MILLI);
    Tick answered = new Tick((atMillis + forMillis) * MILLI);
    String error = outcome == Outcome.ACKNOWLEDGED ? "" : "it said no";
    writes.add(
        new Ledger.Entry(
            id, Operation.Kind.INSERT, "key" + id, "v", invoked, answered, outcome, error));
  }

  private void probe(long atMillis, boolean ok) {
    Tick due = new Tick(atMillis * MILLI);
    probes.add(new ProbeResult(probes.size(), due, due, ok, ok ? "" : "no answer"));
  }

  private Check.Examined judge() {
    return new ServedThroughout().judge(STEADY, DISASTER, probes, LedgerView.of(writes));
  }

  @Test
  void whereEverythingWasAnsweredItPassesAndTellsHowFast() {
    probe(50, false); // It was still coming up.
    write(50, 1, Outcome.FAILED);
    probe(150, true);
    write(150, 2, Outcome.ACKNOWLEDGED);
    probe(250, true);
    for (int i = 0; i < 99; i++) {
      write(250 + i, 4, Outcome.ACKNOWLEDGED);
    }
    write(350, 30, Outcome.ACKNOWLEDGED);
    Check.Examined examined = judge();
    assertThat(examined.findings()).isEmpty();
    assertThat(examined.coverage())
        .isEqualTo(
            "2 probes, 101 writes; answered before the disaster p50 2.0 ms, p99 2.0 ms,"
                + " since then p50 4.0 ms, p99 4.0 ms");
    assertThat(examined.items()).isEqualTo(101);
  }

  @Test
  void aProbeThatFailedIsShown() {
    probe(150, true);
    probe(215, false);
    write(210, 1, Outcome.ACKNOWLEDGED);
    Finding finding = only(judge());
    assertThat(finding.found()).isEqualTo("1 of 2 failed");
    assertThat(finding.examples()).containsExactly("15 ms after the disaster: no answer");
  }

  @Test
  void aWriteThatFailedOrGotNoAnswerIsShownThoughItWasBeforeTheDisaster() {
    probe(250, true);
    write(190, 1, Outcome.INDETERMINATE);
    write(230, 1, Outcome.FAILED);
    Finding finding = only(judge());
    assertThat(finding.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(finding.found()).isEqualTo("2 of 2 were not");
    assertThat(finding.examples())
        .containsExactly(
            "10 ms before the disaster: key0, it said no",
            "30 ms after the disaster: key1, it said no");
  }

  @Test
  void whereNobodyWroteSinceTheDisasterNothingIsKnown() {
    probe(150, true);
    write(150, 1, Outcome.ACKNOWLEDGED);
    assertThat(only(judge()).verdict()).isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void whereClientsWereNeverServedSteadilyNothingIsKnown() {
    CheckResult result =
        Examiner.examine(List.of(ServedThroughout.servedThroughout()), Evidences.ofNothing())
            .get(0);
    assertThat(result.verdict()).isEqualTo(Verdict.UNKNOWN);
  }

  private static Finding only(Check.Examined examined) {
    assertThat(examined.findings()).hasSize(1);
    return examined.findings().get(0);
  }
}
