package dev.drillbook.plan;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How backups are called: a path with slashes in which {@code *} stands for anything but a slash,
 * and one pair of braces for the time in it, in the letters of {@link DateTimeFormatter}: {@code
 * daily/shop_{yyyyMMdd_HHmmss}.sql.gz}. One that ends with a slash is of folders. Without braces, a
 * backup's time is when it was written last.
 */
public final class NamePattern {
  private static final Pattern BRACES = Pattern.compile("\\{([^{}]*)}");

  private final String text;
  private final Pattern pattern;
  private final Optional<DateTimeFormatter> time;
  private final ChronoUnit precision;

  private NamePattern(
      String text, Pattern pattern, Optional<DateTimeFormatter> time, ChronoUnit precision) {
    this.text = text;
    this.pattern = pattern;
    this.time = time;
    this.precision = precision;
  }

  static NamePattern parse(String text) throws BadValue {
    String pattern = text.strip();
    if (pattern.isEmpty()
        || pattern.startsWith("/")
        || Arrays.asList(pattern.split("/", -1)).contains("..")) {
      throw new BadValue(
          "not a pattern of names below the catalogue's root",
          "write a relative path, e.g. daily/shop_{yyyyMMdd_HHmmss}.sql.gz");
    }
    Matcher braces = BRACES.matcher(pattern);
    if (!braces.find()) {
      return new NamePattern(
          pattern, Pattern.compile(regex(pattern)), Optional.empty(), ChronoUnit.SECONDS);
    }
    String before = pattern.substring(0, braces.start());
    String after = pattern.substring(braces.end());
    if (BRACES.matcher(after).find()) {
      throw new BadValue("a pattern with two times", "write the whole time in one pair of braces");
    }
    DateTimeFormatter time = formatter(braces.group(1));
    return new NamePattern(
        pattern,
        Pattern.compile(
            regex(before) + "(?<time>" + TimeLetters.regex(braces.group(1)) + ")" + regex(after)),
        Optional.of(time),
        TimeLetters.precision(braces.group(1)));
  }

  private static DateTimeFormatter formatter(String letters) throws BadValue {
    String hint = "write year, month and day at least, e.g. {yyyyMMdd_HHmmss} or {yyyy-MM-dd}";
    try {
      DateTimeFormatter time =
          new DateTimeFormatterBuilder()
              .appendPattern(letters.replace("yyyy", "uuuu"))
              .toFormatter(Locale.ROOT)
              .withResolverStyle(ResolverStyle.STRICT);
      String written = time.format(LocalDateTime.of(2001, 2, 3, 4, 5, 6).atZone(ZoneOffset.UTC));
      if (!LocalDate.of(2001, 2, 3).equals(LocalDate.from(time.parse(written)))) {
        throw new BadValue("a pattern whose time has no day", hint);
      }
      return time;
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new BadValue("a pattern whose time cannot be read: " + e.getMessage(), hint);
    }
  }

  private static String regex(String plain) {
    StringBuilder regex = new StringBuilder();
    for (String part : plain.split("(?<=\\*)|(?=\\*)", -1)) {
      regex.append(part.equals("*") ? "[^/]*" : Pattern.quote(part));
    }
    return regex.toString();
  }

  /** Whether it is of folders, each of which is one backup. */
  public boolean isOfFolders() {
    return text.endsWith("/");
  }

  /** Whether names bear the time. */
  public boolean hasTime() {
    return time.isPresent();
  }

  /**
   * The smallest unit that the time in a name tells: DAYS, HOURS, MINUTES, or SECONDS for those and
   * all that is finer, and where names bear no time.
   */
  public ChronoUnit precision() {
    return precision;
  }

  /** Whether that is a backup's name; that of a folder ends with a slash. */
  public boolean matches(String name) {
    return pattern.matcher(name).matches();
  }

  /**
   * The time in a name that {@link #matches}; empty where it is none, or bears none. A time without
   * a zone is one of {@code zone}, one without hours is midnight's.
   */
  public Optional<Instant> timeIn(String name, ZoneId zone) {
    Matcher matcher = pattern.matcher(name);
    if (time.isEmpty() || !matcher.matches()) {
      return Optional.empty();
    }
    try {
      TemporalAccessor read = time.get().parse(matcher.group("time"));
      if (read.isSupported(ChronoField.INSTANT_SECONDS)) {
        return Optional.of(Instant.from(read));
      }
      LocalDate day = LocalDate.from(read);
      LocalDateTime local = day.atStartOfDay();
      for (ChronoField field :
          new ChronoField[] {
            ChronoField.HOUR_OF_DAY,
            ChronoField.MINUTE_OF_HOUR,
            ChronoField.SECOND_OF_MINUTE,
            ChronoField.NANO_OF_SECOND
          }) {
        if (read.isSupported(field)) {
          local = local.with(field, read.getLong(field));
        }
      }
      return Optional.of(local.atZone(zone).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return text;
  }
}
