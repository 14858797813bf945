package dev.drillbook.demo;

import dev.drillbook.plan.RestoreCheck.Keep;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * Grandfather, father and son: of the newest so many days, ISO weeks, months and years the newest
 * backup each. Done every night or once, it leaves the same, since the newest of a period is kept
 * for as long as any of that period is.
 */
record Purge(Keep keep, ZoneId zone) {

  /**
   * Which backups stay.
   *
   * @param all when they were taken; the newest of them is of the current day, week, month and year
   */
  NavigableSet<Instant> kept(Collection<Instant> all) {
    NavigableSet<Instant> sorted = new TreeSet<>(all);
    NavigableSet<Instant> kept = new TreeSet<>();
    if (sorted.isEmpty()) {
      return kept;
    }
    UnaryOperator<LocalDate> week =
        day -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    keep(sorted, kept, UnaryOperator.identity(), Period.ofDays(1), keep.daily());
    keep(sorted, kept, week, Period.ofWeeks(1), keep.weekly());
    keep(sorted, kept, day -> day.withDayOfMonth(1), Period.ofMonths(1), keep.monthly());
    keep(sorted, kept, day -> day.withDayOfYear(1), Period.ofYears(1), keep.yearly());
    return kept;
  }

  private void keep(
      NavigableSet<Instant> all,
      NavigableSet<Instant> kept,
      UnaryOperator<LocalDate> begins,
      Period length,
      int count) {
    LocalDate current = begins.apply(day(all.last()));
    LocalDate first = current.minus(length.multipliedBy(count - 1));
    Map<LocalDate, Instant> newest = new HashMap<>();
    all.forEach(at -> newest.put(begins.apply(day(at)), at));
    newest.forEach(
        (begin, at) -> {
          if (count > 0 && !begin.isBefore(first)) {
            kept.add(at);
          }
        });
  }

  private LocalDate day(Instant at) {
    return LocalDate.ofInstant(at, zone);
  }
}
