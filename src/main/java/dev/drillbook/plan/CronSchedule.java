package dev.drillbook.plan;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.parser.CronParser;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.PrimitiveIterator;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * When something is due: a five-field Unix cron expression (minute, hour, day of month, month, day
 * of week) on the clock of a time zone, UTC unless said otherwise. It means what cron(8) and
 * crontab(5) of Debian say: where both day fields are restricted, a day that matches either one
 * counts, and when the clock is changed, a particular time that does not exist runs as the clock
 * jumps, one that comes twice runs once, and a star in the minute or hour follows the clock on the
 * wall. Two schedules are equal if their expressions and zones are.
 *
 * <p>Zones have changed their rules in the past, and backups are of the future: use instants from
 * {@link #HORIZON} on.
 */
public final class CronSchedule {
  /** Where cycles begin: zones' rules count from here on. */
  public static final Instant HORIZON = Instant.parse("2024-01-01T00:00:00Z");

  /** After so long, dates fall on the same days of the week again. */
  private static final Duration CALENDAR = Duration.ofDays(28 * 365 + 7);

  private final String expression;
  private final ZoneId zone;
  private final CronFields fields;
  private final LocalTimes times;

  private CronSchedule(String expression, ZoneId zone) {
    this.expression = expression;
    this.zone = zone;
    this.fields = new CronFields(expression);
    this.times = new LocalTimes(zone.getRules(), fields);
  }

  /**
   * Reads an expression such as {@code 0 2 * * 1-5}, in UTC; runs of blanks count as one.
   *
   * @throws IllegalArgumentException if it is no such expression, or one that never comes round,
   *     such as 31 February; the message says which
   */
  public static CronSchedule parse(String text) {
    String expression = text.strip().replaceAll("\\s+", " ");
    int count = expression.isEmpty() ? 0 : expression.split(" ", -1).length;
    if (count != 5) {
      throw new IllegalArgumentException(
          "five fields are needed (minute, hour, day of month, month, day of week), found "
              + count);
    }
    validate(expression);
    CronSchedule schedule = new CronSchedule(expression, ZoneOffset.UTC);
    if (days(dayOf(HORIZON), dayOf(HORIZON.plus(CALENDAR))).noneMatch(schedule.fields::matches)) {
      throw new IllegalArgumentException("no day of the calendar ever matches it");
    }
    return schedule;
  }

  private static void validate(String expression) {
    CronParser parser = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));
    try {
      parser.parse(expression).validate();
    } catch (IllegalArgumentException e) {
      String reason = String.valueOf(e.getMessage());
      throw new IllegalArgumentException(
          reason.replace("Failed to parse cron expression. ", ""), e);
    }
  }

  /** The same expression on the clock of {@code other}; one that never changes is an offset. */
  public CronSchedule in(ZoneId other) {
    return new CronSchedule(expression, other.normalized());
  }

  public String expression() {
    return expression;
  }

  public ZoneId zone() {
    return zone;
  }

  /** The last execution strictly before {@code instant}; empty if it is over 28 years back. */
  public Optional<Instant> newestBefore(Instant instant) {
    LocalDate last = instant.atZone(zone).toLocalDate().plusDays(1);
    LocalDate earliest = last.minusDays(CALENDAR.toDays());
    return Stream.iterate(last, day -> day.isAfter(earliest), day -> day.minusDays(1))
        .filter(fields::matches)
        .map(day -> newestBefore(instant, times.epochSeconds(day)))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<Instant> newestBefore(Instant instant, long[] epochSeconds) {
    return LongStream.of(epochSeconds)
        .mapToObj(Instant::ofEpochSecond)
        .filter(at -> at.isBefore(instant))
        .reduce((earlier, later) -> later);
  }

  /** The first execution strictly after {@code instant}. */
  public Optional<Instant> next(Instant instant) {
    return Optional.of(Instant.ofEpochSecond(epochSecondsFrom(instant.plusNanos(1)).nextLong()));
  }

  /**
   * All executions from {@code start} on, in order, as seconds since 1970; there is always another.
   * One that ran as the clock jumped over midnight may be followed by one of the same second.
   */
  public PrimitiveIterator.OfLong epochSecondsFrom(Instant start) {
    long first = start.getEpochSecond() + (start.getNano() > 0 ? 1 : 0);
    return Stream.iterate(start.atZone(zone).toLocalDate().minusDays(1), day -> day.plusDays(1))
        .filter(fields::matches)
        .flatMapToLong(day -> LongStream.of(times.epochSeconds(day)))
        .filter(second -> second >= first)
        .iterator();
  }

  /**
   * After how long the pattern of executions repeats itself: a day or a week where no date is
   * restricted and the clock is never changed, otherwise the twenty-eight years of the calendar,
   * over which every date falls on every day of the week. That is exact for dates to 2099; that
   * 2100 is no leap year is disregarded, so that 29 February counts as four years.
   */
  public Duration cycle() {
    if (!zone.getRules().isFixedOffset() || !fields.isWeekly()) {
      return CALENDAR;
    }
    return Duration.ofDays(fields.isDaily() ? 1 : 7);
  }

  /**
   * The longest time between two consecutive executions: 72 h for {@code 0 2 * * 1-5}, whose
   * Fridays are followed by Mondays; 25 h for {@code 0 2 * * *} in Berlin, where one night of
   * October is longer. Exact over a whole {@link #cycle()} from {@link #HORIZON} on.
   */
  public Duration longestGap() {
    PrimitiveIterator.OfLong executions = epochSecondsFrom(HORIZON);
    long previous = executions.nextLong();
    long end = previous + cycle().toSeconds();
    long longest = 0;
    while (previous < end) {
      long at = executions.nextLong();
      longest = Math.max(longest, at - previous);
      previous = at;
    }
    return Duration.ofSeconds(longest);
  }

  private static Stream<LocalDate> days(LocalDate from, LocalDate to) {
    return from.datesUntil(to);
  }

  private static LocalDate dayOf(Instant instant) {
    return instant.atZone(ZoneOffset.UTC).toLocalDate();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CronSchedule schedule
        && expression.equals(schedule.expression)
        && zone.equals(schedule.zone);
  }

  @Override
  public int hashCode() {
    return 31 * expression.hashCode() + zone.hashCode();
  }

  @Override
  public String toString() {
    return zone.equals(ZoneOffset.UTC) ? expression : expression + " " + zone;
  }
}
