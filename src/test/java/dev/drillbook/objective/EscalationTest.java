package dev.drillbook.objective;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillbook.plan.EscalationLevel;
import dev.drillbook.timeline.Tick;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EscalationTest {
  private static final Duration TO_NOTICE = Duration.ofSeconds(30);
  private static final List<EscalationLevel> LEVELS =
      List.of(
          new EscalationLevel(1, "On-call", Duration.ZERO),
          new EscalationLevel(2, "Team lead", Duration.ofMinutes(15)),
          new EscalationLevel(3, "Head", Duration.ofMinutes(30)));

  @Test
  void aLevelIsCalledWhileTheOutageLastsAfterItWasNoticed() {
    assertThat(called(Optional.of(TO_NOTICE), outage(Duration.ofMinutes(20), Duration.ZERO)))
        .containsExactly(
            Optional.of(TO_NOTICE),
            Optional.of(Duration.ofMinutes(15).plus(TO_NOTICE)),
            Optional.empty());
  }

  @Test
  void declaredManualTimeProlongsTheOutage() {
    assertThat(
            called(Optional.of(TO_NOTICE), outage(Duration.ofMinutes(20), Duration.ofMinutes(10))))
        .containsExactly(
            Optional.of(TO_NOTICE),
            Optional.of(Duration.ofMinutes(15).plus(TO_NOTICE)),
            Optional.empty());
    assertThat(
            called(
                Optional.of(TO_NOTICE),
                outage(Duration.ofMinutes(20), Duration.ofMinutes(10).plusSeconds(31))))
        .doesNotContain(Optional.empty());
  }

  @Test
  void anOutageThatIsOverWhenALevelWouldBeCalledCallsNobodyMore() {
    Duration justSo = Duration.ofMinutes(15).plus(TO_NOTICE);
    assertThat(called(Optional.of(TO_NOTICE), outage(justSo, Duration.ZERO)))
        .containsExactly(Optional.of(TO_NOTICE), Optional.empty(), Optional.empty());
    assertThat(called(Optional.of(TO_NOTICE), outage(justSo.plusNanos(1), Duration.ZERO)))
        .containsExactly(Optional.of(TO_NOTICE), Optional.of(justSo), Optional.empty());
  }

  @Test
  void whoeverIsCalledAtOnceIsCalledHoweverShortTheOutage() {
    assertThat(called(Optional.of(TO_NOTICE), outage(TO_NOTICE, Duration.ZERO)))
        .containsExactly(Optional.of(TO_NOTICE), Optional.empty(), Optional.empty());
  }

  @Test
  void aRecoveryThatFailedCallsEverybody() {
    assertThat(called(Optional.of(TO_NOTICE), Optional.empty())).doesNotContain(Optional.empty());
  }

  @Test
  void anOutageThatNobodyNoticedCallsNobody() {
    assertThat(called(Optional.empty(), Optional.empty())).containsOnly(Optional.empty());
    assertThat(called(Optional.empty(), outage(Duration.ofHours(9), Duration.ZERO)))
        .containsOnly(Optional.empty());
  }

  private static List<Optional<Duration>> called(
      Optional<Duration> toNotice, Optional<Outage> outage) {
    Tick fault = new Tick(7_000);
    Optional<Tick> none = Optional.empty();
    EightClocks clocks =
        new EightClocks(
            Optional.of(fault), none, toNotice.map(fault::plus), none, none, none, none, none);
    List<Escalation> escalation = Escalation.of(LEVELS, clocks, outage);
    assertThat(escalation).extracting(Escalation::level).isEqualTo(LEVELS);
    assertThat(escalation)
        .allSatisfy(e -> assertThat(e.reached()).isEqualTo(e.sinceFault().isPresent()));
    return escalation.stream().map(Escalation::sinceFault).toList();
  }

  private static Optional<Outage> outage(Duration sinceFault, Duration manual) {
    return Optional.of(
        new Outage(sinceFault, sinceFault, Optional.empty(), manual, Duration.ofMillis(10)));
  }
}
