package dev.drillbook.report;

import dev.drillbook.run.DrillRecord;
import dev.drillbook.timeline.Tick;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times of day for people, always UTC. */
final class UtcText {
  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

  private UtcText() {}

  /** When the drill started, e.g. "2026-11-01 02:00:00 UTC". */
  static String of(DrillRecord record) {
    return SECOND.format(record.clock().wall(new Tick(0)));
  }

  /** The time of day only, e.g. "02:00:12.345". */
  static String time(Instant instant) {
    return TIME.format(instant);
  }
}
