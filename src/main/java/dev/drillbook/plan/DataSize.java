package dev.drillbook.plan;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An amount of data. Plans write it with decimal units (kB, MB, GB, TB: powers of 1000) or binary
 * ones (KiB, MiB, GiB, TiB: powers of 1024); its text has decimal ones.
 *
 * @param bytes above zero
 */
public record DataSize(long bytes) implements Comparable<DataSize> {
  private static final Pattern FORM = Pattern.compile("(\\d{1,15}(?:\\.\\d{1,6})?) ?([A-Za-z]*)");
  private static final String HINT =
      "write a number and a unit: 500MB, 120GB or 1.5TB (powers of 1000), 64GiB (powers of 1024)";
  private static final Map<String, Long> UNITS = units();
  private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);

  private static Map<String, Long> units() {
    Map<String, Long> units = new LinkedHashMap<>();
    long decimal = 1;
    long binary = 1;
    for (String prefix : new String[] {"k", "M", "G", "T", "P"}) {
      units.put(prefix + "B", decimal *= 1000);
      units.put((prefix.equals("k") ? "K" : prefix) + "iB", binary *= 1024);
    }
    return units;
  }

  /** Reads {@code 120GB} or {@code 64GiB}; a blank may stand before the unit. */
  static DataSize parse(String text) throws BadValue {
    Matcher matcher = FORM.matcher(text.strip());
    if (!matcher.matches()) {
      throw new BadValue("not a size", HINT);
    }
    Long unit = UNITS.get(matcher.group(2));
    if (unit == null) {
      throw new BadValue("not a size", hint(matcher.group(1), matcher.group(2)));
    }
    BigDecimal bytes = new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(unit));
    if (bytes.compareTo(MOST) > 0) {
      throw new BadValue("too large", "write what the production system holds");
    }
    if (bytes.compareTo(BigDecimal.ONE) < 0) {
      throw new BadValue("no data at all", "write a size above zero");
    }
    return new DataSize(bytes.setScale(0, RoundingMode.HALF_UP).longValueExact());
  }

  private static String hint(String number, String unit) {
    return UNITS.keySet().stream()
        .filter(known -> known.equalsIgnoreCase(unit) || known.equalsIgnoreCase(unit + "B"))
        .findFirst()
        .map(known -> "did you mean " + number + known + "? " + HINT)
        .orElse(HINT);
  }

  @Override
  public int compareTo(DataSize other) {
    return Long.compare(bytes, other.bytes);
  }

  /** In decimal units, to three digits: {@code 120 GB}, {@code 8.39 MB}. */
  @Override
  public String toString() {
    String symbol = "bytes";
    BigDecimal amount = BigDecimal.valueOf(bytes);
    for (Map.Entry<String, Long> unit : UNITS.entrySet()) {
      if (!unit.getKey().contains("i") && unit.getValue() <= bytes) {
        symbol = unit.getKey();
        amount = BigDecimal.valueOf(bytes).divide(BigDecimal.valueOf(unit.getValue()));
      }
    }
    return amount.round(new MathContext(3)).stripTrailingZeros().toPlainString() + " " + symbol;
  }
}
