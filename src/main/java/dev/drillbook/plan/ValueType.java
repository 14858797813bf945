package dev.drillbook.plan;

import dev.drillbook.timeline.Nearest;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import javax.lang.model.SourceVersion;

/**
 * One type of value that a key can have.
 *
 * @param description what to write, for a hint: {@code a duration, e.g. 45m}
 */
record ValueType<T>(String description, Parser<T> parser) {

  /** How a text becomes a value. */
  @FunctionalInterface
  interface Parser<T> {
    T parse(String text) throws BadValue;
  }

  static final ValueType<String> TEXT = new ValueType<>("a text", ValueType::text);

  static final ValueType<String> ID =
      new ValueType<>(
          "an id in lower-case kebab form, e.g. restore-database",
          matching(
              "[a-z][a-z0-9]*(-[a-z0-9]+)*",
              "not an id",
              "write lower-case letters and digits, with single dashes between words"));

  static final ValueType<String> VARIABLE =
      new ValueType<>(
          "the name of a variable, e.g. LOG_LEVEL",
          matching(
              "[A-Za-z_][A-Za-z0-9_]*",
              "not a name for a variable",
              "write letters, digits and underscores, and no digit first"));

  /** By the rules of S3, which forbid more than this pattern does. */
  static final ValueType<String> BUCKET =
      new ValueType<>(
          "a bucket's name, e.g. uploads",
          matching(
              "[a-z0-9][a-z0-9-]{1,61}[a-z0-9]",
              "not a name for a bucket",
              "write 3 to 63 lower-case letters, digits and dashes"));

  static final ValueType<String> SYSTEM =
      new ValueType<>("the system's name, e.g. webshop", ValueType::system);

  static final ValueType<String> HTTP_PATH =
      new ValueType<>(
          "a path, e.g. /health",
          matching("/\\S*", "not a path", "begin with a slash, e.g. /health"));

  static final ValueType<String> LOCATION =
      new ValueType<>(
          "a folder below the backup root, or a bucket and prefix", ValueType::location);

  static final ValueType<Duration> DURATION =
      new ValueType<>("a duration, e.g. 90s, 45m, 24h or 7d", Durations::parse);

  static final ValueType<Duration> DURATION_OR_NONE =
      new ValueType<>("a duration, e.g. 30m, or 0m", Durations::parseOrNone);

  /** The id of a finding in a runbook. */
  static final ValueType<String> FINDING =
      new ValueType<>(
          "the id of a finding, e.g. AB-3",
          matching(
              "[A-Za-z]+-\\d+",
              "not the id of a finding",
              "write letters, a dash and digits, e.g. AB-3"));

  static final ValueType<CronSchedule> CRON =
      new ValueType<>("a cron schedule, e.g. \"0 */12 * * *\"", ValueType::cron);

  static final ValueType<ZoneId> TIME_ZONE =
      new ValueType<>("a time zone, e.g. Europe/Berlin", ValueType::timeZone);

  static final ValueType<DataSize> SIZE =
      new ValueType<>("a size, e.g. 120GB or 64GiB", DataSize::parse);

  static final ValueType<Long> COUNT = new ValueType<>("a whole number", ValueType::count);

  static final ValueType<Integer> PORT = new ValueType<>("a port, e.g. 5432", ValueType::port);

  static final ValueType<Boolean> TRUE_OR_FALSE =
      choice("true or false", List.of(true, false), String::valueOf);

  /** One of a few words. */
  static <T> ValueType<T> choice(
      String description, Collection<T> values, Function<T, String> word) {
    List<String> words = values.stream().map(word).toList();
    return new ValueType<>(
        description,
        text -> {
          Optional<T> chosen = values.stream().filter(v -> word.apply(v).equals(text)).findFirst();
          if (chosen.isEmpty()) {
            throw new BadValue("not " + description, Nearest.hint(text, "choose one of:", words));
          }
          return chosen.get();
        });
  }

  private static Parser<String> matching(String pattern, String found, String hint) {
    Pattern compiled = Pattern.compile(pattern);
    return text -> {
      if (!compiled.matcher(text).matches()) {
        throw new BadValue(found, hint);
      }
      return text;
    };
  }

  private static String text(String text) throws BadValue {
    if (text.isBlank()) {
      throw new BadValue("blank", "write something, or remove the key");
    }
    return text.strip();
  }

  private static String system(String text) throws BadValue {
    if (!text.matches("[a-z][a-z0-9_]*") || SourceVersion.isKeyword(text)) {
      throw new BadValue(
          "not a name for a system",
          "it names a Java package: lower-case letters, digits and underscores");
    }
    return text;
  }

  private static String location(String text) throws BadValue {
    if (text.isBlank()
        || text.startsWith("/")
        || Arrays.asList(text.split("/", -1)).contains("..")) {
      throw new BadValue(
          "not below the backup root", "write a relative folder without '..', e.g. postgres");
    }
    return text;
  }

  private static CronSchedule cron(String text) throws BadValue {
    try {
      return CronSchedule.parse(text);
    } catch (IllegalArgumentException e) {
      throw new BadValue(
          "not a cron schedule: " + e.getMessage(),
          "write five fields, e.g. \"0 */12 * * *\" for every twelve hours");
    }
  }

  private static ZoneId timeZone(String text) throws BadValue {
    Set<String> known = ZoneId.getAvailableZoneIds();
    if (known.contains(text)) {
      return ZoneId.of(text);
    }
    String ending = "/" + text.toLowerCase(Locale.ROOT).replace(' ', '_');
    String hint = "write a name of the IANA time zone database, e.g. Europe/Berlin or UTC";
    throw new BadValue(
        "not a time zone",
        known.stream()
            .filter(id -> id.toLowerCase(Locale.ROOT).endsWith(ending))
            .min(Comparator.naturalOrder())
            .or(() -> Nearest.to(text, new TreeSet<>(known)))
            .map(id -> "did you mean '" + id + "'? " + hint)
            .orElse(hint));
  }

  private static long count(String text) throws BadValue {
    if (!text.matches("\\d{1,18}")) {
      throw new BadValue("not a whole number", "write digits only, e.g. 500");
    }
    return Long.parseLong(text);
  }

  private static int port(String text) throws BadValue {
    int port = text.matches("\\d{1,5}") ? Integer.parseInt(text) : 0;
    if (port < 1 || port > 65_535) {
      throw new BadValue(
          "not a port", "write a number from 1 to 65535, or leave it out for a free port");
    }
    return port;
  }
}
