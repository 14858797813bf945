package dev.drillbook.plan;

import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a time written in the letters of {@link DateTimeFormatter} looks like. Where a star follows
 * a time, only its looks tell where it ends.
 */
final class TimeLetters {
  private static final Pattern PART =
      Pattern.compile("'(?<quoted>[^']*)'|(?<letters>([A-Za-z])\\3*)|(?<other>.)");

  /** Those that are numbers, whatever their count. */
  private static final String NUMBERS = "uydDHhKkmsSAnN";

  /** Those that are numbers up to two of them, and words from three on. */
  private static final String NUMBERS_WHERE_SHORT = "MLQq";

  private TimeLetters() {}

  /** A regular expression for what these letters, which a formatter takes, can write. */
  static String regex(String letters) {
    StringBuilder regex = new StringBuilder();
    Matcher part = PART.matcher(letters);
    while (part.find()) {
      if (part.group("quoted") != null) {
        String quoted = part.group("quoted");
        regex.append(Pattern.quote(quoted.isEmpty() ? "'" : quoted));
      } else if (part.group("letters") != null) {
        regex.append(of(part.group("letters")));
      } else {
        regex.append(punctuation(part.group("other")));
      }
    }
    return regex.toString();
  }

  private static String of(String letters) {
    char letter = letters.charAt(0);
    int count = letters.length();
    boolean number =
        NUMBERS.indexOf(letter) >= 0 || (NUMBERS_WHERE_SHORT.indexOf(letter) >= 0 && count <= 2);
    if (!number) {
      return "[^/]+?";
    }
    return count == 1 ? "\\d+" : "\\d{" + count + "}";
  }

  private static String punctuation(String sign) {
    return switch (sign) {
      case "[" -> "(?:";
      case "]" -> ")?";
      default -> Pattern.quote(sign);
    };
  }

  /** The smallest unit of a clock in them, and DAYS where there is none of a clock. */
  static ChronoUnit precision(String letters) {
    String plain = letters.replaceAll("'[^']*'", "");
    if (plain.matches(".*[sSAnN].*")) {
      return ChronoUnit.SECONDS;
    }
    if (plain.contains("m")) {
      return ChronoUnit.MINUTES;
    }
    return plain.matches(".*[HhKk].*") ? ChronoUnit.HOURS : ChronoUnit.DAYS;
  }
}
