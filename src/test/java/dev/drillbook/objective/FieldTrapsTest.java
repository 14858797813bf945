package dev.drillbook.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drillbook.plan.DataSize;
import dev.drillbook.timeline.DrillException;
import dev.drillbook.timeline.Event;
import dev.drillbook.timeline.Tick;
import dev.drillbook.timeline.Verdict;
import dev.drillbook.workload.Ledger;
import dev.drillbook.workload.LedgerView;
import dev.drillbook.workload.Operation;
import dev.drillbook.workload.Outcome;
import dev.drillbook.workload.ProbeLog;
import dev.drillbook.workload.ProbeLogs;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The ways in which tools of this kind have been seen to measure what is not so. */
class FieldTrapsTest {
  private static final Duration PRECISION = Duration.ofMillis(10);

  /** Times are in milliseconds; the restore only begins at 500. */
  private static final EightClocks CLOCKS = clocks(Optional.of(ms(900)));

  @Test
  void clockStartTheOutageBeginsAtTheFaultAndNotAtTheRestore() {
    Outage outage = outage(CLOCKS).orElseThrow();
    assertThat(outage.sinceFault()).isEqualTo(Duration.ofMillis(800));
    assertThat(outage.sinceFirstFailedRequest()).isEqualTo(Duration.ofMillis(780));
    assertThat(outage.restoreOnly()).contains(Duration.ofMillis(200));
  }

  @Test
  void clockStartAStopBeforeTheStartIsNoDurationOfZero() {
    EightClocks mixedUp =
        new EightClocks(at(100), at(120), at(130), at(140), at(700), at(500), at(800), at(900));
    assertThatThrownBy(() -> outage(mixedUp))
        .isInstanceOf(DrillException.class)
        .hasMessageContaining("cannot end before it starts");
  }

  @Test
  void clockEndTheFirstAnswerIsNotTheEnd() {
    ProbeLog flapping = ProbeLogs.every(Duration.ofMillis(10), Duration.ofMillis(3), "++---+-++++");
    List<Event> recorded =
        List.of(
            new Event.FaultInjected(ms(20), ms(21), "kill db"),
            new Event.ServiceStable(ms(73), ms(93)));
    EightClocks clocks =
        Meters.clocks(recorded, Scenarios.loss(), flapping, LedgerView.of(List.of()));
    assertThat(clocks.firstOk()).isEqualTo(at(53));
    assertThat(clocks.stableOk()).isEqualTo(at(73));
    assertThat(outage(clocks(Optional.empty()))).isEmpty();
  }

  @Test
  void failedRunARecoveryThatFailedHasNoRtoThatCouldBeGood() {
    ObjectiveResult rto =
        Objectives.judge(
                Scenarios.loss(),
                true,
                outage(clocks(Optional.empty())),
                new DataLoss(Optional.empty(), Optional.empty(), Optional.empty()))
            .get(0);
    assertThat(rto.measured()).isEmpty();
    assertThat(rto.verdict()).isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void freshBackupTheRpoComesFromTheScheduleAndNotFromABackupThatTheDrillJustTook() {
    DataLoss loss =
        new DataLoss(
            Optional.of(Duration.ofSeconds(1)),
            WorstCase.of(
                List.of(Policies.full("dump", "0 0 * * *")), policy -> Duration.ofSeconds(1)),
            Optional.of(Duration.ofSeconds(1)));
    List<ObjectiveResult> results = Objectives.judge(Scenarios.loss(), true, outage(CLOCKS), loss);
    assertThat(results)
        .extracting(ObjectiveResult::verdict)
        .containsExactly(Verdict.PASS, Verdict.PASS, Verdict.FAIL);
    assertThat(results.get(2).measured()).contains(Duration.ofDays(1).plusSeconds(1));
  }

  @Test
  void rowCountsLossIsThatOfAcknowledgedWritesAndNotOfRows() {
    // However many rows are fewer now: if no acknowledged write is lost, a purge was legitimate.
    assertThat(Meters.actualLoss(ms(1000), Optional.empty(), Optional.empty())).isZero();
    Ledger.Entry oldest =
        new Ledger.Entry(
            1, Operation.Kind.INSERT, "key", "1", ms(10), ms(40), Outcome.ACKNOWLEDGED, "");
    assertThat(Meters.actualLoss(ms(1000), Optional.of(oldest), Optional.of(oldest)))
        .isEqualTo(Duration.ofMillis(960));
  }

  @Test
  void skippedWhatWasNotMeasuredIsUnknownAndNotPassed() {
    DataLoss nothing = new DataLoss(Optional.empty(), Optional.empty(), Optional.empty());
    assertThat(Objectives.judge(Scenarios.loss(), true, Optional.empty(), nothing))
        .hasSize(3)
        .extracting(ObjectiveResult::verdict)
        .containsOnly(Verdict.UNKNOWN);
    assertThat(Verdict.worst(List.of())).isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void smallDataTheRtoOfOneSizeIsNotQuotedForAnother() {
    Projection.Observation small =
        new Projection.Observation(new DataSize(9_000_000), Optional.of(Duration.ofSeconds(4)));
    assertThat(
            Projection.of(
                List.of(small, small, small),
                new DataSize(120_000_000_000L),
                Duration.ZERO,
                Duration.ofMinutes(45)))
        .isInstanceOf(Projection.NotEnough.class);
  }

  private static Optional<Outage> outage(EightClocks clocks) {
    return Meters.outage(clocks, Scenarios.loss(), PRECISION);
  }

  private static EightClocks clocks(Optional<Tick> stable) {
    return new EightClocks(at(100), at(120), at(130), at(140), at(500), at(700), at(800), stable);
  }

  private static Optional<Tick> at(long millis) {
    return Optional.of(ms(millis));
  }

  private static Tick ms(long millis) {
    return new Tick(Duration.ofMillis(millis).toNanos());
  }
}
