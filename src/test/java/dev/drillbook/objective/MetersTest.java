package dev.drillbook.objective;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillbook.timeline.Event;
import dev.drillbook.timeline.Tick;
import dev.drillbook.workload.Ledger;
import dev.drillbook.workload.LedgerView;
import dev.drillbook.workload.Operation;
import dev.drillbook.workload.Outcome;
import dev.drillbook.workload.ProbeLog;
import dev.drillbook.workload.ProbeLogs;
import dev.drillbook.workload.ProbeProfile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Times are in milliseconds; probes are due every ten and are answered three later. */
class MetersTest {
  private static final ProbeProfile PROFILE =
      new ProbeProfile(Duration.ofMillis(10), Duration.ofMillis(50), 3, 2);
  private static final List<Event> TIMELINE =
      List.of(
          new Event.FaultInjected(ms(20), ms(24), "kill db"),
          new Event.FaultInjected(ms(25), ms(28), "destroy data of db"),
          new Event.OutageDetected(ms(43)),
          new Event.RecoveryDecided(ms(44)),
          new Event.StepStarted(ms(45), "stop"),
          new Event.StepEnded(ms(46), "stop", true, ""),
          new Event.StepStarted(ms(47), "restore-data"),
          new Event.StepEnded(ms(57), "restore-data", true, ""),
          new Event.StepStarted(ms(58), "restore-files"),
          new Event.StepEnded(ms(62), "restore-files", true, ""),
          new Event.StepStarted(ms(63), "start"),
          new Event.StepEnded(ms(69), "start", true, ""));

  @Test
  void theEightClocksAreReadOffTheRecording() {
    List<Ledger.Entry> ledger =
        List.of(
            entry(0, 5, 11, Outcome.FAILED),
            entry(1, 15, 35, Outcome.INDETERMINATE),
            entry(2, 27, 28, Outcome.FAILED),
            entry(3, 30, 31, Outcome.ACKNOWLEDGED));
    EightClocks clocks = clocks(TIMELINE, "++---+--+++", ledger);

    assertThat(clocks)
        .isEqualTo(new EightClocks(at(20), at(23), at(43), at(44), at(47), at(62), at(53), at(83)));
    assertThat(clocks.byName().keySet())
        .containsExactly(
            "fault",
            "first failed request",
            "detected",
            "decided",
            "restore start",
            "restore end",
            "first OK",
            "stable OK");
  }

  @Test
  void aClientCanBeTheFirstToFail() {
    List<Ledger.Entry> ledger = List.of(entry(0, 20, 21, Outcome.FAILED));
    assertThat(clocks(TIMELINE, "++---+++", ledger).firstFailedRequest()).isEqualTo(at(21));
  }

  @Test
  void whatNeverHappenedHasNoClock() {
    assertThat(clocks(List.of(), "++--+++", List.of()))
        .isEqualTo(new EightClocks(none(), none(), none(), none(), none(), none(), none(), none()));
    EightClocks unnoticed = clocks(TIMELINE, "+++++++", List.of());
    assertThat(unnoticed.firstFailedRequest()).isEmpty();
    assertThat(unnoticed.firstOk()).isEmpty();
    assertThat(unnoticed.stableOk()).isEmpty();
  }

  @Test
  void anOutageIsMeasuredInThreeWays() {
    EightClocks clocks = clocks(TIMELINE, "++---+--+++", List.of());
    assertThat(Meters.outage(clocks, Scenarios.loss(), PROFILE.interval()))
        .contains(
            new Outage(
                Duration.ofMillis(63),
                Duration.ofMillis(60),
                Optional.of(Duration.ofMillis(15)),
                Duration.ofMinutes(2),
                Duration.ofMillis(10)));
  }

  @Test
  void manualStepsBeforeTheServiceCanBeBackCountAndLaterOnesDoNot() {
    Outage outage =
        Meters.outage(
                clocks(TIMELINE, "++---+--+++", List.of()), Scenarios.loss(), PROFILE.interval())
            .orElseThrow();
    assertThat(outage.withManualSteps()).isEqualTo(Duration.ofMinutes(2).plusMillis(63));
  }

  @Test
  void aServiceThatDidNotComeBackToStayHasNoOutageToReport() {
    EightClocks clocks = clocks(TIMELINE, "++---+--++", List.of());
    assertThat(clocks.firstOk()).isPresent();
    assertThat(Meters.outage(clocks, Scenarios.loss(), PROFILE.interval())).isEmpty();
  }

  @Test
  void aRestoreThatNeverEndedHasNoOutageToReport() {
    EightClocks clocks = clocks(TIMELINE.subList(0, 7), "++---+--+++", List.of());
    assertThat(Meters.outage(clocks, Scenarios.loss(), PROFILE.interval())).isEmpty();
  }

  @Test
  void aScenarioThatRestoresNothingHasAnOutageWithoutARestore() {
    List<Event> timeline =
        TIMELINE.stream()
            .filter(
                event ->
                    !(event instanceof Event.StepStarted step && step.step().startsWith("restore")))
            .filter(
                event ->
                    !(event instanceof Event.StepEnded step && step.step().startsWith("restore")))
            .toList();
    EightClocks clocks = clocks(timeline, "++---+--+++", List.of());

    Outage outage =
        Meters.outage(clocks, Scenarios.withoutRestore(), PROFILE.interval()).orElseThrow();
    assertThat(outage.sinceFault()).isEqualTo(Duration.ofMillis(63));
    assertThat(outage.restoreOnly()).isEmpty();
    assertThat(Meters.outage(clocks, Scenarios.loss(), PROFILE.interval())).isEmpty();
  }

  @Test
  void aFaultThatOnlyBitAfterTheServiceWasBackHasNoOutageToReport() {
    EightClocks clocks =
        new EightClocks(at(20), at(90), at(43), at(44), at(47), at(62), at(53), at(83));
    assertThat(Meters.outage(clocks, Scenarios.loss(), PROFILE.interval())).isEmpty();
  }

  @Test
  void aFaultThatBitAsTheServiceCameBackLastsNoTime() {
    EightClocks clocks =
        new EightClocks(at(20), at(83), at(83), at(83), at(83), at(83), at(83), at(83));
    assertThat(Meters.outage(clocks, Scenarios.loss(), PROFILE.interval()))
        .contains(
            new Outage(
                Duration.ofMillis(63),
                Duration.ZERO,
                Optional.of(Duration.ZERO),
                Duration.ofMinutes(2),
                Duration.ofMillis(10)));
  }

  @Test
  void aRequestThatFailedAtTheFaultItselfCountsAndOneBeforeItDoesNot() {
    List<Ledger.Entry> ledger =
        List.of(entry(0, 10, 19, Outcome.FAILED), entry(1, 12, 20, Outcome.INDETERMINATE));
    assertThat(clocks(TIMELINE, "++---+++", ledger).firstFailedRequest()).isEqualTo(at(20));
    assertThat(clocks(TIMELINE, "++---+++", ledger.subList(0, 1)).firstFailedRequest())
        .isEqualTo(at(23));
  }

  @Test
  void theActualLossReachesBackToTheAcknowledgementOfTheOldestLostWrite() {
    assertThat(loss(40, 40)).isEqualTo(Duration.ofMillis(60));
    assertThat(loss(40, 99)).isEqualTo(Duration.ofMillis(60));
    assertThat(loss(100, 100)).isZero();
    assertThat(Meters.actualLoss(ms(100), Optional.empty(), Optional.empty())).isZero();
  }

  @Test
  void whatASystemThatWasHitAcknowledgedAndLostIsLostTimeToo() {
    assertThat(loss(40, 130)).isEqualTo(Duration.ofMillis(90));
    assertThat(loss(105, 105)).isEqualTo(Duration.ofMillis(5));
    assertThat(loss(105, 130)).isEqualTo(Duration.ofMillis(30));
  }

  private static Duration loss(long oldestMillis, long newestMillis) {
    return Meters.actualLoss(
        ms(100),
        Optional.of(entry(0, 30, oldestMillis, Outcome.ACKNOWLEDGED)),
        Optional.of(entry(1, 30, newestMillis, Outcome.ACKNOWLEDGED)));
  }

  private static EightClocks clocks(
      List<Event> timeline, String probes, List<Ledger.Entry> ledger) {
    ProbeLog log = ProbeLogs.every(Duration.ofMillis(10), Duration.ofMillis(3), probes);
    List<Event> recorded = new ArrayList<>(timeline);
    if (!timeline.isEmpty()) {
      log.stableSinceLastFailure(ms(20), PROFILE.stableAfter())
          .ifPresent(
              seen -> recorded.add(new Event.ServiceStable(seen.firstOk(), seen.confirmed())));
    }
    return Meters.clocks(recorded, Scenarios.loss(), log, LedgerView.of(ledger));
  }

  private static Ledger.Entry entry(int id, long invoked, long answered, Outcome outcome) {
    return new Ledger.Entry(
        id, Operation.Kind.INSERT, "key-" + id, "1", ms(invoked), ms(answered), outcome, "");
  }

  private static Optional<Tick> at(long millis) {
    return Optional.of(ms(millis));
  }

  private static Optional<Tick> none() {
    return Optional.empty();
  }

  private static Tick ms(long millis) {
    return new Tick(Duration.ofMillis(millis).toNanos());
  }
}
