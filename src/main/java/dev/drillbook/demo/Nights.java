package dev.drillbook.demo;

import dev.drillbook.plan.CronSchedule;
import dev.drillbook.plan.RestoreCheck.Keep;
import dev.drillbook.timeline.DrillException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.PrimitiveIterator;

/**
 * When backups were taken.
 *
 * @param all every run since the shop opened, the oldest first; its last one was due most recently
 * @param kept those whose backups the purge has left, the oldest first
 */
record Nights(List<Instant> all, List<Instant> kept) {

  /**
   * The shop opened with the oldest month that is kept, so that there is a backup of each.
   *
   * @throws DrillException if {@code now} is before schedules can be told
   */
  static Nights upTo(Instant now, CronSchedule schedule, Keep keep, ZoneId zone) {
    Instant newest =
        schedule
            .newestBefore(now)
            .orElseThrow(() -> new IllegalStateException(schedule + " never comes round"));
    LocalDate opened =
        LocalDate.ofInstant(newest, zone).withDayOfMonth(1).minusMonths(keep.monthly() - 1L);
    if (opened.atStartOfDay(zone).toInstant().isBefore(CronSchedule.HORIZON)) {
      throw new DrillException(
          "the demo's backups cannot be of " + now,
          "choose a time %d months after %s or later"
              .formatted(keep.monthly(), CronSchedule.HORIZON));
    }
    List<Instant> all = new ArrayList<>();
    PrimitiveIterator.OfLong runs =
        schedule.epochSecondsFrom(opened.atStartOfDay(zone).toInstant());
    for (Instant at = next(runs); !at.isAfter(newest); at = next(runs)) {
      all.add(at);
    }
    return new Nights(List.copyOf(all), List.copyOf(new Purge(keep, zone).kept(all)));
  }

  private static Instant next(PrimitiveIterator.OfLong runs) {
    return Instant.ofEpochSecond(runs.nextLong());
  }

  Instant newest() {
    return kept.get(kept.size() - 1);
  }

  /** The one kept so many before the newest. */
  Instant back(int count) {
    return kept.get(kept.size() - 1 - count);
  }
}
