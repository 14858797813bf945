package dev.drillbook.plan;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads durations as plans write them: {@code 90s}, {@code 15m}, {@code 1h30m}, {@code 7d}. */
final class Durations {
  private static final Pattern DURATION =
      Pattern.compile("(?:(\\d+)d)?(?:(\\d+)h)?(?:(\\d+)m)?(?:(\\d+)s)?(?:(\\d+)ms)?");
  private static final Pattern RANGE =
      Pattern.compile(
          "\\d+\\s*[a-z]*\\s*(?:-|–|—|to|\\.\\.)\\s*(\\d+)\\s*([a-z]*)", Pattern.CASE_INSENSITIVE);
  private static final Pattern NUMBER_AND_WORD =
      Pattern.compile("(\\d+)\\s*([a-z]+)", Pattern.CASE_INSENSITIVE);
  private static final String FORM =
      "write numbers and units, largest first: 500ms, 90s, 15m, 1h30m, 24h, 7d";

  /** Longer ones are slips of the pen, and would overflow a count of nanoseconds. */
  private static final Duration LONGEST = Duration.ofDays(100 * 365L);

  private static final Map<String, String> UNIT_OF_WORD =
      Map.ofEntries(
          Map.entry("ms", "ms"),
          Map.entry("s", "s"),
          Map.entry("sec", "s"),
          Map.entry("secs", "s"),
          Map.entry("second", "s"),
          Map.entry("seconds", "s"),
          Map.entry("m", "m"),
          Map.entry("min", "m"),
          Map.entry("mins", "m"),
          Map.entry("minute", "m"),
          Map.entry("minutes", "m"),
          Map.entry("h", "h"),
          Map.entry("hr", "h"),
          Map.entry("hrs", "h"),
          Map.entry("hour", "h"),
          Map.entry("hours", "h"),
          Map.entry("d", "d"),
          Map.entry("day", "d"),
          Map.entry("days", "d"));

  private Durations() {}

  /**
   * @throws BadValue if the text is no duration, or one of zero or of more than 100 years
   */
  static Duration parse(String text) throws BadValue {
    Duration duration = parseOrNone(text);
    if (duration.isZero()) {
      throw new BadValue("no time at all", "write a duration above zero");
    }
    return duration;
  }

  /**
   * As {@link #parse}, but for zero, which is fine.
   *
   * @throws BadValue if the text is no duration, or one of more than 100 years
   */
  static Duration parseOrNone(String text) throws BadValue {
    Matcher matcher = DURATION.matcher(text);
    if (text.isEmpty() || !matcher.matches()) {
      throw new BadValue("not a duration", hintFor(text.strip()));
    }
    Duration duration;
    try {
      duration =
          Duration.ofDays(amount(matcher, 1))
              .plusHours(amount(matcher, 2))
              .plusMinutes(amount(matcher, 3))
              .plusSeconds(amount(matcher, 4))
              .plusMillis(amount(matcher, 5));
    } catch (ArithmeticException | NumberFormatException e) {
      throw new BadValue("too long", "write 100 years (36500d) at most");
    }
    if (duration.compareTo(LONGEST) > 0) {
      throw new BadValue("too long", "write 100 years (36500d) at most");
    }
    return duration;
  }

  private static long amount(Matcher matcher, int group) {
    return matcher.group(group) == null ? 0 : Long.parseLong(matcher.group(group));
  }

  private static String hintFor(String text) {
    Matcher range = RANGE.matcher(text);
    if (range.matches()) {
      String upper = unit(range.group(2)).map(unit -> ", " + range.group(1) + unit).orElse("");
      return "a target is one number, not a range: take its upper end" + upper;
    }
    Matcher words = NUMBER_AND_WORD.matcher(text);
    if (words.matches() && unit(words.group(2)).isPresent()) {
      return "write " + words.group(1) + unit(words.group(2)).get();
    }
    if (text.matches("\\d+")) {
      return "a number needs a unit: " + text + "s, " + text + "m, " + text + "h or " + text + "d";
    }
    return FORM;
  }

  private static Optional<String> unit(String word) {
    return Optional.ofNullable(UNIT_OF_WORD.get(word.toLowerCase(Locale.ROOT)));
  }
}
