package dev.drillbook.run;

import dev.drillbook.snapshot.ReadProgress;
import dev.drillbook.timeline.Timeline;
import java.time.Duration;

/** Notes that a long table is still being read, and for how long. */
final class ReadingNotes implements ReadProgress {
  private final Timeline timeline;

  ReadingNotes(Timeline timeline) {
    this.timeline = timeline;
  }

  @Override
  public void reading(String table, long bytes, Duration since) {
    timeline.note(
        "still reading %s, %d MiB, for %d s now"
            .formatted(table, (bytes >> 20) + 1, since.toSeconds()));
  }
}
