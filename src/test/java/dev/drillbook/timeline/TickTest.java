package dev.drillbook.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TickTest {

  @Test
  void theTimeBetweenTwoTicksIsTheirDifference() {
    assertThat(new Tick(70).since(new Tick(50))).isEqualTo(Duration.ofNanos(20));
    assertThat(new Tick(50).since(new Tick(50))).isZero();
  }

  @Test
  void aNegativeDurationIsRefused() {
    assertThatThrownBy(() -> new Tick(50).since(new Tick(51)))
        .isInstanceOf(DrillException.class)
        .hasMessageContaining("-1 ns")
        .hasMessageContaining("cannot end before it starts");
  }

  @Test
  void ticksAreOrderedByTime() {
    Tick earlier = new Tick(1);
    Tick later = earlier.plus(Duration.ofNanos(4));
    assertThat(later).isEqualTo(new Tick(5)).isGreaterThan(earlier);
    assertThat(earlier.isBefore(later)).isTrue();
    assertThat(later.isAfter(earlier)).isTrue();
    assertThat(earlier.isBefore(earlier)).isFalse();
    assertThat(earlier.isAfter(earlier)).isFalse();
  }

  @Test
  void aClockNeverGoesBackAndDisplaysItsTicksFromItsAnchor() {
    Instant noon = Instant.parse("2026-01-01T12:00:00Z");
    DrillClock clock = DrillClock.anchoredAt(noon);
    Tick first = clock.now();
    assertThat(clock.now()).isGreaterThanOrEqualTo(first);
    assertThat(clock.wall(new Tick(0))).isEqualTo(noon);
    assertThat(clock.wall(new Tick(1_500_000_000L))).isEqualTo(noon.plusMillis(1_500));
  }
}
