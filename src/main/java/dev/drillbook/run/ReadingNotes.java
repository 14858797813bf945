package dev.drillbook.run;

import dev.drillbook.snapshot.ReadProgress;
import dev.drillbook.timeline.Tick;
import dev.drillbook.timeline.Timeline;
import java.time.Duration;

/**
 * Notes how far the reading of a long table has got: when it has taken a few seconds, and every few
 * seconds from then on.
 */
final class ReadingNotes implements ReadProgress {
  private static final Duration EVERY = Duration.ofSeconds(5);

  private final Timeline timeline;
  private final Duration every;
  private String table = "";
  private Tick last;

  ReadingNotes(Timeline timeline) {
    this(timeline, EVERY);
  }

  ReadingNotes(Timeline timeline, Duration every) {
    this.timeline = timeline;
    this.every = every;
  }

  @Override
  public synchronized void read(String read, long bytes, long of) {
    Tick now = timeline.now();
    if (!read.equals(table)) {
      table = read;
      last = now;
    }
    if (bytes < of && now.since(last).compareTo(every) >= 0) {
      last = now;
      timeline.note(
          "reading %s: %d %% of %d MiB".formatted(table, 100 * bytes / of, (of >> 20) + 1));
    }
  }
}
