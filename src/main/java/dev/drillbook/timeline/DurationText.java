package dev.drillbook.timeline;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;

/**
 * Durations for people: {@code 24 h}, {@code 12 h 0.4 s}, {@code 2 min 5 s}, {@code 1.52 s}, {@code
 * 350 ms}. At most two units, and three digits where there is a fraction. Days begin at 48 hours,
 * because objectives are written as 24 h.
 *
 * <p>A text that shows one whole unit only is exact: 24 h and 0.4 s is {@code 24 h 0.4 s}, never
 * {@code 24 h}, since that excess is what misses a target. Nor does rounding ever carry a duration
 * up into the next unit: 59.97 s is {@code 59.9 s}, not a minute.
 */
public final class DurationText {
  private static final Duration FIRST_IN_DAYS = Duration.ofDays(2);
  private static final int DIGITS = 3;

  private DurationText() {}

  /** The text of {@code duration}; one below zero has a leading minus. */
  public static String of(Duration duration) {
    if (duration.isNegative()) {
      return "-" + of(duration.negated());
    }
    if (duration.compareTo(FIRST_IN_DAYS) >= 0) {
      return whole(duration, Unit.DAY);
    }
    if (duration.compareTo(Unit.HOUR.length) >= 0) {
      return whole(duration, Unit.HOUR);
    }
    if (duration.compareTo(Unit.MINUTE.length) >= 0) {
      return whole(duration, Unit.MINUTE);
    }
    return fraction(duration);
  }

  private static String whole(Duration duration, Unit unit) {
    long amount = duration.dividedBy(unit.length);
    Duration rest = duration.minus(unit.length.multipliedBy(amount));
    String text = amount + " " + unit.symbol;
    return rest.isZero() ? text : text + " " + rest(rest, unit);
  }

  /** The largest unit below {@code above} that {@code rest} fills, and no further one. */
  private static String rest(Duration rest, Unit above) {
    if (rest.compareTo(Unit.MINUTE.length) < 0) {
      return number(seconds(rest), 60) + " s";
    }
    Unit unit = rest.compareTo(Unit.HOUR.length) >= 0 ? Unit.HOUR : Unit.MINUTE;
    long limit = (unit == Unit.HOUR ? above : Unit.HOUR).length.dividedBy(unit.length);
    BigDecimal amount =
        seconds(rest).divide(seconds(unit.length), MathContext.DECIMAL64); // below `limit`
    BigDecimal rounded = amount.setScale(0, RoundingMode.HALF_UP);
    if (rounded.longValueExact() >= limit) {
      rounded = amount.setScale(0, RoundingMode.DOWN);
    }
    return rounded.toPlainString() + " " + unit.symbol;
  }

  private static String fraction(Duration duration) {
    long nanos = duration.toNanos();
    if (nanos == 0 || nanos >= 1_000_000_000) {
      return number(seconds(duration), 60) + " s";
    }
    if (nanos >= 1_000_000) {
      return number(BigDecimal.valueOf(nanos, 6), 1_000) + " ms";
    }
    if (nanos >= 1_000) {
      return number(BigDecimal.valueOf(nanos, 3), 1_000) + " µs";
    }
    return nanos + " ns";
  }

  private static String number(BigDecimal amount, long limit) {
    BigDecimal rounded = amount.round(new MathContext(DIGITS, RoundingMode.HALF_UP));
    if (rounded.compareTo(BigDecimal.valueOf(limit)) >= 0) {
      rounded = amount.round(new MathContext(DIGITS, RoundingMode.DOWN));
    }
    return rounded.stripTrailingZeros().toPlainString();
  }

  private static BigDecimal seconds(Duration duration) {
    return BigDecimal.valueOf(duration.getSeconds()).add(BigDecimal.valueOf(duration.getNano(), 9));
  }

  private enum Unit {
    DAY(Duration.ofDays(1), "d"),
    HOUR(Duration.ofHours(1), "h"),
    MINUTE(Duration.ofMinutes(1), "min");

    private final Duration length;
    private final String symbol;

    Unit(Duration length, String symbol) {
      this.length = length;
      this.symbol = symbol;
    }
  }
}
