package dev.drillbook.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillbook.timeline.Tick;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Probes are due every ten nanoseconds and are answered three later. */
class ProbeLogTest {
  private static final Tick START = new Tick(0);

  @Test
  void stableIsTheRunAfterTheLastFailure() {
    assertThat(log("++--+++").stableSinceLastFailure(START, 3))
        .contains(new ProbeLog.Stable(answered(4), answered(6)));
  }

  @Test
  void aRunThatIsTooShortIsNotStableYet() {
    assertThat(log("++--++").stableSinceLastFailure(START, 3)).isEmpty();
    assertThat(log("++--").stableSinceLastFailure(START, 1)).isEmpty();
  }

  @Test
  void aServiceThatGoesAwayAgainHasNotBeenStable() {
    assertThat(log("--+++++-++").stableSinceLastFailure(START, 3)).isEmpty();
    assertThat(log("--+++++-+++").stableSinceLastFailure(START, 3))
        .contains(new ProbeLog.Stable(answered(8), answered(10)));
  }

  @Test
  void nothingHasComeBackWhereNothingFailed() {
    assertThat(log("+++++").stableSinceLastFailure(START, 3)).isEmpty();
    assertThat(log("").stableSinceLastFailure(START, 1)).isEmpty();
  }

  @Test
  void failuresThatWereDueBeforeDoNotCount() {
    assertThat(log("--+++++").stableSinceLastFailure(due(2), 3)).isEmpty();
    assertThat(log("-+-+++").stableSinceLastFailure(due(1), 3))
        .contains(new ProbeLog.Stable(answered(3), answered(5)));
  }

  @Test
  void nothingIsSaidAboutWhatLiesBehindAGap() {
    assertThat(log("--+.++++").stableSinceLastFailure(START, 3)).isEmpty();
    assertThat(log("--.+++").stableSinceLastFailure(START, 3)).isEmpty();
    assertThat(log("--+++.").stableSinceLastFailure(START, 3))
        .contains(new ProbeLog.Stable(answered(2), answered(4)));
  }

  @Test
  void aGapThatIsFilledWithAFailureEndsTheRun() {
    ProbeLog log = log("--+.+++");
    log.add(new ProbeResult(3, due(3), new Tick(1_000), false, "too late"));
    assertThat(log.stableSinceLastFailure(START, 3))
        .contains(new ProbeLog.Stable(answered(4), answered(6)));
  }

  @Test
  void stableBeginsWithTheFirstAnswerOfTheRunAndIsConfirmedByItsSlowest() {
    ProbeLog log = log("--");
    log.add(new ProbeResult(2, due(2), new Tick(500), true, ""));
    log.add(new ProbeResult(3, due(3), new Tick(40), true, ""));
    assertThat(log.stableSinceLastFailure(START, 2))
        .contains(new ProbeLog.Stable(new Tick(40), new Tick(500)));
  }

  @Test
  void theFirstOkComesAfterAFailureOfTheSameOutage() {
    assertThat(log("+--+-+").firstOkAfterFailure(START)).contains(answered(3));
    assertThat(log("+--+-+").firstOkAfterFailure(due(4))).contains(answered(5));
    assertThat(log("-+++").firstOkAfterFailure(due(1))).isEmpty();
    assertThat(log("+--").firstOkAfterFailure(START)).isEmpty();
  }

  @Test
  void anOutageIsNoticedAtTheNthFailureInARow() {
    assertThat(log("+-+--+---").failingSince(START, 3)).contains(answered(8));
    assertThat(log("+-+--+--").failingSince(START, 3)).isEmpty();
    assertThat(log("+-").failingSince(START, 1)).contains(answered(1));
  }

  @Test
  void failuresOfProbesThatWereDueBeforeAreNotCounted() {
    assertThat(log("---+--").failingSince(answered(1), 2)).contains(answered(5));
    assertThat(log("---+--").failingSince(due(2).plus(Duration.ofNanos(4)), 3)).isEmpty();
  }

  @Test
  void failuresAreCountedInTheOrderOfTheirAnswers() {
    ProbeLog log = new ProbeLog();
    log.add(new ProbeResult(0, due(0), new Tick(90), false, "timed out"));
    log.add(new ProbeResult(1, due(1), new Tick(15), true, ""));
    log.add(new ProbeResult(2, due(2), new Tick(25), false, "refused"));
    assertThat(log.failingSince(START, 2)).contains(new Tick(90));
  }

  @Test
  void theFirstFailureIsTheOneThatWasKnownFirst() {
    ProbeLog log = new ProbeLog();
    log.add(new ProbeResult(0, due(0), new Tick(90), false, "timed out"));
    log.add(new ProbeResult(1, due(1), new Tick(15), false, "refused"));
    assertThat(log.firstFailure(START)).contains(new Tick(15));
    assertThat(log.firstFailure(new Tick(16))).contains(new Tick(90));
    assertThat(log("+++").firstFailure(START)).isEmpty();
  }

  @Test
  void resultsAreListedByTheirPlaceInTheScheduleWithoutGaps() {
    ProbeLog log = new ProbeLog();
    log.add(new ProbeResult(3, due(3), answered(3), true, ""));
    log.add(new ProbeResult(0, due(0), answered(0), true, ""));
    assertThat(log.results()).extracting(ProbeResult::sequence).isEqualTo(List.of(0L, 3L));
  }

  private static ProbeLog log(String history) {
    return ProbeLogs.every(Duration.ofNanos(10), Duration.ofNanos(3), history);
  }

  private static Tick due(int sequence) {
    return new Tick(sequence * 10L);
  }

  private static Tick answered(int sequence) {
    return new Tick(sequence * 10L + 3);
  }
}
