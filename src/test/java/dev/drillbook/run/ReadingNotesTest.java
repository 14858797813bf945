package dev.drillbook.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillbook.timeline.DrillClock;
import dev.drillbook.timeline.Event;
import dev.drillbook.timeline.Timeline;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ReadingNotesTest {

  @Test
  void thatALongTableIsStillBeingReadIsNoted() {
    Timeline timeline = new Timeline(DrillClock.start(), event -> {});
    new ReadingNotes(timeline).reading("orders", (40L << 20) - 1, Duration.ofMillis(5_100));
    assertThat(timeline.all(Event.Noted.class).map(Event.Noted::text))
        .containsExactly("still reading orders, 40 MiB, for 5 s now");
  }
}
