package dev.drillbook.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillbook.timeline.DrillClock;
import dev.drillbook.timeline.Event;
import dev.drillbook.timeline.Timeline;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ReadingNotesTest {
  private static final long MIB = 1 << 20;

  private final Timeline timeline = new Timeline(DrillClock.start(), event -> {});

  @Test
  void theProgressOfALongTableIsNoted() {
    ReadingNotes notes = new ReadingNotes(timeline, Duration.ZERO);
    notes.read("orders", 10 * MIB, 40 * MIB - 1);
    notes.read("orders", 20 * MIB, 40 * MIB - 1);
    notes.read("orders", 40 * MIB - 1, 40 * MIB - 1);
    assertThat(timeline.all(Event.Noted.class).map(Event.Noted::text))
        .containsExactly("reading orders: 25 % of 40 MiB", "reading orders: 50 % of 40 MiB");
  }

  @Test
  void whatIsReadQuicklyIsNotWorthANote() {
    ReadingNotes notes = new ReadingNotes(timeline, Duration.ofHours(1));
    notes.read("orders", 10 * MIB, 40 * MIB);
    notes.read("orders", 20 * MIB, 40 * MIB);
    assertThat(timeline.events()).isEmpty();
  }
}
