package dev.drillbook.objective;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Times of day for people: {@code Sat 2024-01-06 02:00 UTC}, with seconds only where there are any.
 */
final class Moment {
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("EEE yyyy-MM-dd ", Locale.ROOT);

  private Moment() {}

  static String text(Instant instant, ZoneId zone) {
    var local = instant.atZone(zone);
    return DAY.format(local)
        + local.toLocalTime()
        + " "
        + (zone.equals(ZoneOffset.UTC) ? "UTC" : zone.getId());
  }
}
