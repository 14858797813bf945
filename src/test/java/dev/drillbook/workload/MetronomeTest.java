package dev.drillbook.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drillbook.timeline.DrillClock;
import dev.drillbook.timeline.Tick;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MetronomeTest {
  private static final Duration INTERVAL = Duration.ofMillis(2);

  private record Beat(long sequence, Tick due, Tick came) {}

  private final DrillClock clock = DrillClock.start();
  private final List<Beat> beats = new CopyOnWriteArrayList<>();
  private final CountDownLatch stall = new CountDownLatch(1);
  private Metronome metronome;

  @AfterEach
  void stop() {
    stall.countDown();
    metronome.stop();
  }

  @Test
  void beatsThatAStallHeldUpAreMadeUpForWithTheirOwnDueTimes() {
    metronome =
        start(
            (sequence, due) -> {
              beats.add(new Beat(sequence, due, clock.now()));
              if (sequence == 0) {
                awaitQuietly(stall);
              }
            });
    await().until(() -> !beats.isEmpty());
    Tick stalled = beats.get(0).due().plus(INTERVAL.multipliedBy(20));
    await().until(() -> clock.now().isAfter(stalled));
    stall.countDown();
    await().until(() -> beats.size() > 20);

    for (int i = 1; i < beats.size(); i++) {
      assertThat(beats.get(i).sequence()).isEqualTo(i);
      assertThat(beats.get(i).due().since(beats.get(i - 1).due())).isEqualTo(INTERVAL);
    }
    assertThat(beats.get(10).came()).isGreaterThan(stalled);
  }

  @Test
  void noBeatComesBeforeItIsDueNorAfterTheStop() {
    metronome = start((sequence, due) -> beats.add(new Beat(sequence, due, clock.now())));
    await().until(() -> beats.size() > 5);
    metronome.stop();
    Tick stopped = clock.now();

    assertThat(beats)
        .allSatisfy(
            beat -> {
              assertThat(beat.came()).isGreaterThanOrEqualTo(beat.due());
              assertThat(beat.came()).isLessThanOrEqualTo(stopped);
            });
    assertThat(metronome.crash()).isEmpty();
  }

  @Test
  void whatABeatThrowsEndsTheBeatingAndIsKept() {
    IllegalStateException defect = new IllegalStateException("no product left");
    metronome =
        start(
            (sequence, due) -> {
              beats.add(new Beat(sequence, due, clock.now()));
              if (sequence == 2) {
                throw defect;
              }
            });
    await().until(() -> metronome.crash().isPresent());
    metronome.stop();
    assertThat(metronome.crash()).containsSame(defect);
    assertThat(beats).hasSize(3);
  }

  private Metronome start(Metronome.Beat beat) {
    Metronome started = new Metronome("beat-under-test", clock, INTERVAL, beat);
    started.start();
    return started;
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
