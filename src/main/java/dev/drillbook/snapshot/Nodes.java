package dev.drillbook.snapshot;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/**
 * What is kept of a large table so that a difference can be narrowed down when the original is
 * gone: its key cut into ranges of about the same number of rows, and sums over each.
 *
 * @param key the names of the key's columns
 * @param bounds the first key of each range but the first, which is open
 * @param leaves the sums of each range
 */
public record Nodes(List<String> key, List<List<String>> bounds, List<Sums> leaves) {
  static final int MOST_LEAVES = 4_096;
  static final int ROWS_A_LEAF = 1_024;

  /**
   * Besides the fingerprint, two sums that name a single row that differs: with {@code h} the upper
   * half of a row's hash and {@code k} the hash of its key, a change of one row changes the first
   * by {@code d} and the second by {@code d · k}. Their quotient is the row's {@code k}.
   *
   * @param high the sum of h
   * @param weighted the sum of h · k
   */
  public record Sums(Fingerprint fingerprint, BigInteger high, BigInteger weighted) {

    /** What this has more than {@code other}. */
    Sums minus(Sums other) {
      return new Sums(
          fingerprint.minus(other.fingerprint),
          high.subtract(other.high),
          weighted.subtract(other.weighted));
    }

    /**
     * Taken of a difference: the hash of the key of the row that alone makes it. Empty where it
     * certainly takes more than one row.
     */
    Optional<Long> keyHash() {
      boolean oneRow = Math.abs(fingerprint.rows()) <= 1 && high.signum() != 0;
      if (!oneRow || weighted.mod(high.abs()).signum() != 0) {
        return Optional.empty();
      }
      BigInteger hash = weighted.divide(high);
      return hash.signum() >= 0 && hash.bitLength() <= 31
          ? Optional.of(hash.longValueExact())
          : Optional.empty();
    }
  }

  /** The rows of leaves {@code from} to before {@code to}. */
  static KeyRange range(List<List<String>> bounds, int from, int to) {
    return new KeyRange(
        from == 0 ? Optional.empty() : Optional.of(bounds.get(from - 1)),
        to > bounds.size() ? Optional.empty() : Optional.of(bounds.get(to - 1)));
  }

  /** How many leaves a table of so many rows is cut into. */
  static int leavesOf(long rows) {
    return (int) Math.max(1, Math.min(MOST_LEAVES, rows / ROWS_A_LEAF));
  }
}
