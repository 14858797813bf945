package dev.drillbook.snapshot;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Every key of a group with the hash of its entry, in the order of the keys' bytes: 28 bytes an
 * entry, and the key itself as it is shown.
 */
public final class KeptKeys {
  /** Of an entry that does not expire. */
  static final long NEVER = -1;

  private final byte[] texts;
  private final int[] ends;
  private final long[] high;
  private final long[] low;
  private final long[] expiries;
  private final Integer[] order;

  private KeptKeys(Builder from) {
    texts = Arrays.copyOf(from.texts, from.textBytes);
    ends = Arrays.copyOf(from.ends, from.count);
    high = Arrays.copyOf(from.high, from.count);
    low = Arrays.copyOf(from.low, from.count);
    expiries = Arrays.copyOf(from.expiries, from.count);
    order = new Integer[from.count];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, (one, other) -> compareTexts(this, one, this, other));
  }

  /** Collects entries. */
  static final class Builder {
    private byte[] texts = new byte[1_024];
    private int textBytes;
    private int[] ends = new int[16];
    private long[] high = new long[16];
    private long[] low = new long[16];
    private long[] expiries = new long[16];
    private int count;

    void add(byte[] text, EntryHash hash, long expiresAtMillis) {
      if (count == ends.length) {
        int more = count * 2;
        ends = Arrays.copyOf(ends, more);
        high = Arrays.copyOf(high, more);
        low = Arrays.copyOf(low, more);
        expiries = Arrays.copyOf(expiries, more);
      }
      if (textBytes + text.length > texts.length) {
        texts = Arrays.copyOf(texts, Math.max(texts.length * 2, textBytes + text.length));
      }
      System.arraycopy(text, 0, texts, textBytes, text.length);
      textBytes += text.length;
      ends[count] = textBytes;
      high[count] = hash.high();
      low[count] = hash.low();
      expiries[count] = expiresAtMillis;
      count++;
    }

    KeptKeys build() {
      return new KeptKeys(this);
    }
  }

  int size() {
    return order.length;
  }

  /** The key at a position in the order of keys. */
  String key(int position) {
    int entry = order[position];
    int start = start(entry);
    return new String(texts, start, ends[entry] - start, StandardCharsets.UTF_8);
  }

  long high(int position) {
    return high[order[position]];
  }

  long low(int position) {
    return low[order[position]];
  }

  /** When it expires, in milliseconds since 1970; {@link #NEVER} where it does not. */
  long expiresAtMillis(int position) {
    return expiries[order[position]];
  }

  boolean holdsTheSame(int position, KeptKeys other, int otherPosition) {
    return high(position) == other.high(otherPosition) && low(position) == other.low(otherPosition);
  }

  /** Compares a key with one of {@code other}, in the order of both. */
  int compareKeys(int position, KeptKeys other, int otherPosition) {
    return compareTexts(this, order[position], other, other.order[otherPosition]);
  }

  private int start(int entry) {
    return entry == 0 ? 0 : ends[entry - 1];
  }

  private static int compareTexts(KeptKeys left, int one, KeptKeys right, int other) {
    return Arrays.compareUnsigned(
        left.texts,
        left.start(one),
        left.ends[one],
        right.texts,
        right.start(other),
        right.ends[other]);
  }
}
