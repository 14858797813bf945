package dev.drillbook.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TimelineTest {
  private final List<Event> heard = new ArrayList<>();
  private final Timeline timeline = new Timeline(DrillClock.start(), heard::add);

  @Test
  void eventsStayInTheOrderInWhichTheyWereAppended() {
    Event later = new Event.OutageDetected(new Tick(20));
    Event earlier = new Event.RecoveryDecided(new Tick(10));
    timeline.append(later);
    timeline.append(earlier);
    assertThat(timeline.events()).containsExactly(later, earlier);
  }

  @Test
  void aListenerHearsEveryEvent() {
    timeline.append(new Event.OutageDetected(new Tick(1)));
    timeline.note("by the way");
    assertThat(heard).isEqualTo(timeline.events()).hasSize(2);
    assertThat(heard.get(1))
        .isInstanceOfSatisfying(
            Event.Noted.class, note -> assertThat(note.text()).isEqualTo("by the way"));
  }

  @Test
  void eventsOfOneKindAreFoundAmongOthers() {
    timeline.append(new Event.StepStarted(new Tick(1), "stop"));
    timeline.append(new Event.StepEnded(new Tick(2), "stop", true, ""));
    timeline.append(new Event.StepStarted(new Tick(3), "restore"));
    assertThat(timeline.all(Event.StepStarted.class))
        .extracting(Event.StepStarted::step)
        .containsExactly("stop", "restore");
    assertThat(timeline.first(Event.StepStarted.class))
        .contains(new Event.StepStarted(new Tick(1), "stop"));
    assertThat(timeline.first(Event.FaultInjected.class)).isEmpty();
  }

  @Test
  void whatWasReadDoesNotChangeAndCannotBeChanged() {
    timeline.note("one");
    List<Event> read = timeline.events();
    timeline.note("two");
    assertThat(read).hasSize(1);
    assertThatThrownBy(read::clear).isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void noEventIsLostWhenManyThreadsAppend() throws InterruptedException {
    Timeline shared = new Timeline(DrillClock.start(), event -> {});
    CountDownLatch go = new CountDownLatch(1);
    List<Thread> threads =
        IntStream.range(0, 4)
            .mapToObj(
                writer ->
                    new Thread(
                        () -> {
                          awaitQuietly(go);
                          IntStream.range(0, 500).forEach(i -> shared.note(writer + "/" + i));
                        }))
            .toList();
    threads.forEach(Thread::start);
    go.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(shared.all(Event.Noted.class).map(Event.Noted::text).distinct()).hasSize(2_000);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
