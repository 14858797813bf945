package dev.drillbook.physical;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a segment of WAL: 24 hexadecimal digits, of which 8 are the timeline and 16 the place
 * in it (XLogFileName in PostgreSQL's xlog_internal.h).
 *
 * @param position the last 16 digits; as texts they are in the order of the log
 */
record WalName(int timeline, String position) implements Comparable<WalName> {
  private static final Pattern NAME = Pattern.compile("([0-9A-F]{8})([0-9A-F]{16})");
  private static final long PART_BYTES = 1L << 32;

  static Optional<WalName> parse(String name) {
    Matcher matcher = NAME.matcher(name);
    return matcher.matches()
        ? Optional.of(new WalName(Integer.parseUnsignedInt(matcher.group(1), 16), matcher.group(2)))
        : Optional.empty();
  }

  /**
   * @param number of the segment, counted from the log's beginning
   */
  static WalName of(int timeline, long number, long segmentBytes) {
    long segments = PART_BYTES / segmentBytes;
    return new WalName(timeline, "%08X%08X".formatted(number / segments, number % segments));
  }

  /** Which one it is, counted from the log's beginning. */
  long number(long segmentBytes) {
    long high = Long.parseLong(position.substring(0, 8), 16);
    long low = Long.parseLong(position.substring(8), 16);
    return high * (PART_BYTES / segmentBytes) + low;
  }

  @Override
  public int compareTo(WalName other) {
    int byPosition = position.compareTo(other.position);
    return byPosition != 0 ? byPosition : Integer.compareUnsigned(timeline, other.timeline);
  }

  @Override
  public String toString() {
    return "%08X%s".formatted(timeline, position);
  }
}
