package dev.drillbook.plan;

import java.time.LocalDate;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;

/**
 * What the five fields of a valid cron expression match: some minutes of the day, and some days.
 * Each day that matches has the same minutes.
 */
final class CronFields {
  private static final List<String> NO_NAMES = List.of();
  private static final List<String> MONTHS =
      List.of(
          "", "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");
  private static final List<String> WEEKDAYS =
      List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");

  private final String[] fields;
  private final int[] minutesOfDay;
  private final BitSet daysOfMonth;
  private final BitSet months;
  private final BitSet weekdays;

  /**
   * @param expression five valid fields, one blank between them
   */
  CronFields(String expression) {
    fields = expression.split(" ", -1);
    minutesOfDay =
        minutesOfDay(values(fields[0], 0, 59, NO_NAMES), values(fields[1], 0, 23, NO_NAMES));
    daysOfMonth = values(fields[2], 1, 31, NO_NAMES);
    months = values(fields[3], 1, 12, MONTHS);
    weekdays = values(fields[4], 0, 7, WEEKDAYS);
  }

  /** In order; never empty. */
  int[] minutesOfDay() {
    return minutesOfDay.clone();
  }

  /**
   * Whether {@code day} matches. Where both day fields are restricted, one of them is enough; a
   * field that begins with a star does not restrict in this sense, so that both must match
   * (crontab(5), about the two fields of a day).
   */
  boolean matches(LocalDate day) {
    int weekday = day.getDayOfWeek().getValue(); // 7 is Sunday, which cron also calls 0
    boolean onDate = daysOfMonth.get(day.getDayOfMonth());
    boolean onWeekday = weekdays.get(weekday) || (weekday == 7 && weekdays.get(0));
    boolean bothRestricted = !hasStar(2) && !hasStar(4);
    return months.get(day.getMonthValue())
        && (bothRestricted ? onDate || onWeekday : onDate && onWeekday);
  }

  /** Whether it runs by a star in its minute or hour, rather than at particular times. */
  boolean isWildcard() {
    return hasStar(0) || hasStar(1);
  }

  /** Whether every day matches. */
  boolean isDaily() {
    return isWeekly() && fields[4].equals("*");
  }

  /** Whether at most the day of the week decides. */
  boolean isWeekly() {
    return fields[2].equals("*") && fields[3].equals("*");
  }

  private boolean hasStar(int field) {
    return fields[field].startsWith("*");
  }

  private static int[] minutesOfDay(BitSet minutes, BitSet hours) {
    return hours.stream().flatMap(h -> minutes.stream().map(m -> 60 * h + m)).toArray();
  }

  private static BitSet values(String field, int least, int most, List<String> names) {
    BitSet values = new BitSet();
    for (String part : field.split(",", -1)) {
      String[] rangeAndStep = part.split("/", -1);
      String[] ends = rangeAndStep[0].split("-", -1);
      boolean stepped = rangeAndStep.length > 1;
      boolean any = ends[0].equals("*");
      int from = any ? least : value(ends[0], names);
      int to =
          any || (stepped && ends.length == 1)
              ? most
              : ends.length == 1 ? from : end(ends[1], from, most, names);
      int step = stepped ? Integer.parseInt(rangeAndStep[1]) : 1;
      for (int value = from; value <= to; value += step) {
        values.set(value);
      }
    }
    return values;
  }

  /** SUN is 0 where a range begins, and 7 where one ends that began on another day. */
  private static int end(String text, int from, int most, List<String> names) {
    int value = value(text, names);
    return most == 7 && value == 0 && from > 0 ? most : value;
  }

  private static int value(String text, List<String> names) {
    int named = names.indexOf(text.toUpperCase(Locale.ROOT));
    return named >= 0 ? named : Integer.parseInt(text);
  }
}
