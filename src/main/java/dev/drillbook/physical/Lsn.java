package dev.drillbook.physical;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A place in the log, in bytes from its beginning; as PostgreSQL writes it, {@code 0/3000148}. */
record Lsn(long bytes) {
  private static final Pattern TEXT = Pattern.compile("([0-9A-F]{1,8})/([0-9A-F]{1,8})");

  static Optional<Lsn> parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    return matcher.matches()
        ? Optional.of(
            new Lsn(
                Long.parseLong(matcher.group(1), 16) << 32 | Long.parseLong(matcher.group(2), 16)))
        : Optional.empty();
  }

  /** The segment that it is in; at a border, the one that begins there. */
  long segment(long segmentBytes) {
    return Long.divideUnsigned(bytes, segmentBytes);
  }

  boolean isBorder(long segmentBytes) {
    return Long.remainderUnsigned(bytes, segmentBytes) == 0;
  }

  @Override
  public String toString() {
    return "%X/%X".formatted(bytes >>> 32, bytes & 0xFFFFFFFFL);
  }
}
