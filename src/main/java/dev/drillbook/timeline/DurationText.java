package dev.drillbook.timeline;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;

/** Durations for people: "24 h", "12 h 0.4 s", "2 min 1.5 s", "1.52 s", "350 ms". */
public final class DurationText {

  private DurationText() {}

  /**
   * The two largest units of {@code duration} that are not zero, hours at most. What lies below the
   * second one is cut off; a rest of less than a second after whole hours is not, so that a target
   * missed by a little never looks met.
   */
  public static String of(Duration duration) {
    if (duration.isNegative()) {
      return "-" + of(duration.negated());
    }
    long hours = duration.toHours();
    int minutes = duration.toMinutesPart();
    String seconds = seconds(duration.minusMinutes(duration.toMinutes()));
    if (hours > 0) {
      String rest = minutes > 0 ? minutes + " min" : seconds;
      return hours + " h" + (rest.isEmpty() ? "" : " " + rest);
    }
    if (minutes > 0) {
      return minutes + " min" + (seconds.isEmpty() ? "" : " " + seconds);
    }
    if (duration.isZero()) {
      return "0 s";
    }
    return duration.compareTo(Duration.ofSeconds(1)) < 0 ? millis(duration) : seconds;
  }

  /** Seconds below a minute, with two decimals, or as many as it takes to show the first digit. */
  private static String seconds(Duration rest) {
    BigDecimal seconds = BigDecimal.valueOf(rest.toNanos(), 9);
    int firstDigit = Math.max(2, seconds.scale() - seconds.precision() + 1);
    return seconds.signum() == 0 ? "" : plain(seconds, firstDigit) + " s";
  }

  private static String millis(Duration duration) {
    BigDecimal millis = BigDecimal.valueOf(duration.toNanos(), 6);
    int firstDigit = Math.max(0, millis.scale() - millis.precision() + 1);
    return plain(millis, millis.compareTo(BigDecimal.TEN) < 0 ? Math.max(1, firstDigit) : 0)
        + " ms";
  }

  private static String plain(BigDecimal value, int decimals) {
    return value.setScale(decimals, RoundingMode.DOWN).stripTrailingZeros().toPlainString();
  }
}
