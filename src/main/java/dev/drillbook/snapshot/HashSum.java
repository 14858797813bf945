package dev.drillbook.snapshot;

import java.math.BigInteger;

/** Adds hashes up and counts them; in no order, and losing nothing to an overflow. */
final class HashSum {
  private static final BigInteger WORD = BigInteger.ONE.shiftLeft(Long.SIZE);

  private long count;
  private long low;
  private long high;
  private long carries;

  void add(EntryHash hash) {
    add(hash.high(), hash.low());
  }

  void add(long hashHigh, long hashLow) {
    count++;
    low += hashLow;
    if (Long.compareUnsigned(low, hashLow) < 0 && ++high == 0) {
      carries++;
    }
    high += hashHigh;
    if (Long.compareUnsigned(high, hashHigh) < 0) {
      carries++;
    }
  }

  long count() {
    return count;
  }

  Fingerprint fingerprint() {
    return new Fingerprint(
        count,
        BigInteger.valueOf(carries)
            .multiply(WORD)
            .add(unsigned(high))
            .multiply(WORD)
            .add(unsigned(low)));
  }

  private static BigInteger unsigned(long word) {
    BigInteger value = BigInteger.valueOf(word);
    return word < 0 ? value.add(WORD) : value;
  }

  /** Stands for the multiset of what was added, as a part of another hash. */
  void into(EntryHash.Builder hash) {
    hash.number(count).number(carries).number(high).number(low);
  }
}
