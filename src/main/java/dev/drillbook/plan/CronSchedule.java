package dev.drillbook.plan;

import com.cronutils.model.Cron;
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * When something is due: a five-field Unix cron expression (minute, hour, day of month, month, day
 * of week), in UTC. Where both day fields are restricted, a day that matches either one counts, as
 * cron does it. Two schedules are equal if their expressions are.
 */
public final class CronSchedule {
  private static final Duration DAY = Duration.ofDays(1);
  private static final LocalDate WINDOW_START = LocalDate.of(2000, 1, 1);

  private final String expression;
  private final ExecutionTime executions;

  private CronSchedule(String expression, ExecutionTime executions) {
    this.expression = expression;
    this.executions = executions;
  }

  /**
   * Reads an expression such as {@code 0 2 * * 1-5}; runs of blanks count as one.
   *
   * @throws IllegalArgumentException if it is no such expression, or one that never comes round,
   *     such as 31 February; the message says which
   */
  public static CronSchedule parse(String text) {
    String expression = text.strip().replaceAll("\\s+", " ");
    int fields = expression.isEmpty() ? 0 : expression.split(" ", -1).length;
    if (fields != 5) {
      throw new IllegalArgumentException(
          "five fields are needed (minute, hour, day of month, month, day of week), found "
              + fields);
    }
    CronSchedule schedule = new CronSchedule(expression, ExecutionTime.forCron(cron(expression)));
    if (schedule.next(startOf(WINDOW_START)).isEmpty()) {
      throw new IllegalArgumentException("no day of the calendar ever matches it");
    }
    return schedule;
  }

  private static Cron cron(String expression) {
    CronParser parser = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));
    try {
      return parser.parse(expression).validate();
    } catch (IllegalArgumentException e) {
      String reason = String.valueOf(e.getMessage());
      throw new IllegalArgumentException(
          reason.replace("Failed to parse cron expression. ", ""), e);
    }
  }

  public String expression() {
    return expression;
  }

  /** The last execution strictly before {@code instant}. */
  public Optional<Instant> newestBefore(Instant instant) {
    return executions.lastExecution(instant.atZone(ZoneOffset.UTC)).map(ZonedDateTime::toInstant);
  }

  /** The first execution strictly after {@code instant}. */
  public Optional<Instant> next(Instant instant) {
    return executions.nextExecution(instant.atZone(ZoneOffset.UTC)).map(ZonedDateTime::toInstant);
  }

  /**
   * The longest time between two consecutive executions: 72 h for {@code 0 2 * * 1-5}, whose
   * Fridays are followed by Mondays.
   *
   * <p>Every matching day has the same times, so the gaps within one day are read off one day, and
   * a gap between days follows from the number of days between them, the day's last time and its
   * first. The days are walked once over a whole cycle of the calendar: a week where only the day
   * of the week is restricted, four years where only dates are, twenty-eight where both are. That
   * is exact for all dates from 1901 to 2099; that 2100 is no leap year is disregarded, so that 29
   * February counts as four years.
   */
  public Duration longestGap() {
    LocalDate firstDay = dayAtOrAfter(WINDOW_START);
    DayTimes times = timesOf(firstDay);
    Duration overnight = DAY.minus(Duration.between(times.first(), times.last()));
    long mostDays = mostDaysBetween(firstDay, firstDay.plusDays(cycleDays()));
    Duration betweenDays = overnight.plus(DAY.multipliedBy(mostDays - 1));
    return betweenDays.compareTo(times.longestGap()) > 0 ? betweenDays : times.longestGap();
  }

  private int cycleDays() {
    String[] fields = expression.split(" ", -1);
    boolean anyDate = fields[2].equals("*") && fields[3].equals("*");
    boolean anyWeekday = fields[4].equals("*");
    int fourYears = 4 * 365 + 1;
    return anyDate ? 7 : anyWeekday ? fourYears : 7 * fourYears;
  }

  private long mostDaysBetween(LocalDate firstDay, LocalDate end) {
    long most = 1;
    LocalDate day = firstDay;
    while (day.isBefore(end)) {
      LocalDate following = dayAtOrAfter(day.plusDays(1));
      most = Math.max(most, ChronoUnit.DAYS.between(day, following));
      day = following;
    }
    return most;
  }

  private DayTimes timesOf(LocalDate day) {
    Instant first = executionAtOrAfter(day);
    Instant last = first;
    Duration longest = Duration.ZERO;
    Instant midnight = startOf(day.plusDays(1));
    for (Instant at = first; at.isBefore(midnight); at = next(at).orElseThrow()) {
      Duration gap = Duration.between(last, at);
      longest = gap.compareTo(longest) > 0 ? gap : longest;
      last = at;
    }
    return new DayTimes(timeOf(first), timeOf(last), longest);
  }

  private LocalDate dayAtOrAfter(LocalDate day) {
    return executionAtOrAfter(day).atZone(ZoneOffset.UTC).toLocalDate();
  }

  private Instant executionAtOrAfter(LocalDate day) {
    return next(startOf(day).minusSeconds(1)).orElseThrow();
  }

  private static LocalTime timeOf(Instant instant) {
    return instant.atZone(ZoneOffset.UTC).toLocalTime();
  }

  private static Instant startOf(LocalDate day) {
    return day.atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CronSchedule schedule && expression.equals(schedule.expression);
  }

  @Override
  public int hashCode() {
    return expression.hashCode();
  }

  @Override
  public String toString() {
    return expression;
  }

  private record DayTimes(LocalTime first, LocalTime last, Duration longestGap) {}
}
