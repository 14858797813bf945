package dev.drillbook.snapshot;

import java.math.BigInteger;

/**
 * How many rows there are, and the sum of their 64-bit hashes (of other stores' entries: 128-bit).
 * Sums do not depend on the order of rows, count a row that stands twice twice, and can be added up
 * over parts of a table. They are kept whole, so that nothing is lost to an overflow.
 *
 * <p>Two sets of rows that differ by accident have equal fingerprints with a probability of about
 * 2<sup>-64</sup>. The hash is no cryptographic one: whoever may write to the database and sets out
 * to do so can make two sets collide.
 */
public record Fingerprint(long rows, BigInteger sum) {
  public static final Fingerprint OF_NOTHING = new Fingerprint(0, BigInteger.ZERO);

  public Fingerprint plus(Fingerprint other) {
    return new Fingerprint(rows + other.rows, sum.add(other.sum));
  }

  /** What this has more than {@code other}; either part can be negative. */
  public Fingerprint minus(Fingerprint other) {
    return new Fingerprint(rows - other.rows, sum.subtract(other.sum));
  }

  @Override
  public String toString() {
    return rows + ":" + sum.toString(16);
  }
}
