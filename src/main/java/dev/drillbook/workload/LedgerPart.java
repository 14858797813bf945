package dev.drillbook.workload;

import java.util.BitSet;

/**
 * A copy of those attempts of a ledger whose keys' hashes begin with certain bits, in their order
 * and close together in memory: judging touches each of them several times, and from the ledger's
 * own columns each time would cost a cache miss. Filled anew for one part after the other.
 */
public final class LedgerPart {
  /** Where less than this part of a ledger is left, going from one to the next beats scanning. */
  private static final int FEW_LEFT = 4;

  private final LedgerView ledger;
  private final int[] ids;
  private final long[] keyHashes;
  private final long[] valueHashes;
  private final long[] heads;
  private final int[] durations;
  private int size;

  LedgerPart(LedgerView ledger, int capacity) {
    this.ledger = ledger;
    ids = new int[capacity];
    keyHashes = new long[capacity];
    valueHashes = new long[capacity];
    heads = new long[capacity];
    durations = new int[capacity];
  }

  /**
   * Copies one part; what was there before is gone.
   *
   * @param firstBits the first bits of the keys' hashes, as a number
   * @param bits how many they are; 1 to 63
   * @param without attempts to leave out, by their ids
   */
  public void load(long firstBits, int bits, BitSet without) {
    Columns.Snapshot columns = ledger.columns();
    if (without.cardinality() > columns.size() / FEW_LEFT * (FEW_LEFT - 1)) {
      size = columns.collectAmong(without, firstBits, bits, ids, keyHashes);
    } else {
      size = columns.collect(firstBits, bits, ids, keyHashes);
      leaveOut(without);
    }
    // One column at a time: loads that do not wait for each other overlap.
    for (int i = 0; i < size; i++) {
      heads[i] = columns.head(ids[i]);
      valueHashes[i] = columns.valueHash(ids[i]);
    }
    for (int i = 0; i < size; i++) {
      durations[i] = columns.duration(ids[i]);
    }
  }

  private void leaveOut(BitSet without) {
    if (without.isEmpty()) {
      return;
    }
    int kept = 0;
    for (int i = 0; i < size; i++) {
      if (!without.get(ids[i])) {
        ids[kept] = ids[i];
        keyHashes[kept++] = keyHashes[i];
      }
    }
    size = kept;
  }

  /** The most attempts that any part has. */
  public int capacity() {
    return ids.length;
  }

  public int size() {
    return size;
  }

  /** The id of the i-th attempt, by which the ledger knows it. */
  public int id(int i) {
    return ids[i];
  }

  public long keyHash(int i) {
    return keyHashes[i];
  }

  public long valueHash(int i) {
    return valueHashes[i];
  }

  public Operation.Kind kind(int i) {
    return Head.kind(heads[i]);
  }

  public Outcome outcome(int i) {
    return Head.isLong(heads[i]) ? ledger.outcome(ids[i]) : ledger.outcome(heads[i], answered(i));
  }

  public long invokedNanos(int i) {
    return Head.invokedNanos(heads[i]);
  }

  /** As in {@link LedgerView#answeredNanos}, for an attempt that was acknowledged. */
  public long answeredNanos(int i) {
    return Head.isLong(heads[i]) ? ledger.answeredNanos(ids[i]) : answered(i);
  }

  private long answered(int i) {
    return Head.invokedNanos(heads[i]) + Integer.toUnsignedLong(durations[i]);
  }
}
