package dev.drillbook.catalogue;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;

/** A span of the calendar of which one backup is kept. */
enum Period {
  DAY("day", DateTimeFormatter.ISO_LOCAL_DATE, ChronoUnit.DAYS),
  /** From Monday on, numbered as ISO 8601 does. */
  WEEK("week", iso("YYYY-'W'ww"), ChronoUnit.WEEKS),
  MONTH("month", iso("uuuu-MM"), ChronoUnit.MONTHS),
  YEAR("year", iso("uuuu"), ChronoUnit.YEARS);

  private final String word;
  private final DateTimeFormatter name;
  private final ChronoUnit unit;

  Period(String word, DateTimeFormatter name, ChronoUnit unit) {
    this.word = word;
    this.name = name;
    this.unit = unit;
  }

  /** Weeks are numbered by a country's rules, and Germany's are those of ISO 8601. */
  private static DateTimeFormatter iso(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.GERMANY);
  }

  /** The first day of the one that {@code day} is in. */
  LocalDate first(LocalDate day) {
    return switch (this) {
      case DAY -> day;
      case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
      case MONTH -> day.withDayOfMonth(1);
      case YEAR -> day.withDayOfYear(1);
    };
  }

  /** The first day of the one that is {@code count} later, or earlier below zero. */
  LocalDate plus(LocalDate first, long count) {
    return first.plus(count, unit);
  }

  /** What people call it: {@code day 2026-11-05}, {@code week 2026-W45}. */
  String name(LocalDate first) {
    return word + " " + name.format(first);
  }

  String plural() {
    return word + "s";
  }
}
