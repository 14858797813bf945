package dev.drillbook.verification;

import dev.drillbook.workload.LedgerPart;
import dev.drillbook.workload.LedgerView;
import java.util.Arrays;
import java.util.BitSet;

/**
 * All attempts and rows whose keys belong to one part, by key: a hash table with open addressing
 * that holds the first attempt on each key, a chain to the later ones, and what the store holds.
 */
final class KeyTable {
  private static final int NONE = -1;

  private final RowHashes rows;
  private final LedgerPart part;
  private final int[] next;
  private final boolean[] first;
  private final boolean[] present;
  private final long[] found;
  private final int[] slots;
  private int mask;
  private final HashPairs extra = new HashPairs();
  private final HashPairs strangers = new HashPairs();
  private boolean complete;

  /** What is done with each key. */
  @FunctionalInterface
  interface Visitor {
    void key(KeyHistory key);
  }

  KeyTable(LedgerView ledger, RowHashes rows) {
    this.rows = rows;
    part = ledger.roomForParts(RowHashes.PART_BITS);
    int capacity = part.capacity();
    next = new int[capacity];
    first = new boolean[capacity];
    present = new boolean[capacity];
    found = new long[capacity];
    slots = new int[slotsFor(capacity)];
  }

  /** A power of two of which at most two thirds are used. */
  private static int slotsFor(int keys) {
    return Math.max(4, Integer.highestOneBit(Math.max(1, keys + keys / 2)) * 2);
  }

  /**
   * Reads one part in; what was there before is gone.
   *
   * @param without attempts to leave out; what has no attempt is then passed over
   */
  void load(int number, BitSet without) {
    part.load(number, RowHashes.PART_BITS, without);
    int size = part.size();
    int slotCount = slotsFor(size);
    mask = slotCount - 1;
    complete = without.isEmpty();
    Arrays.fill(slots, 0, slotCount, NONE);
    Arrays.fill(present, 0, size, false);
    extra.clear();
    strangers.clear();
    // Backwards, so that the chains run forwards.
    for (int i = size - 1; i >= 0; i--) {
      int slot = slotOf(part.keyHash(i));
      next[i] = slots[slot];
      first[i] = true;
      if (next[i] != NONE) {
        first[next[i]] = false;
      }
      slots[slot] = i;
    }
    rows.forEach(number, this::addRow);
  }

  private void addRow(long keyHash, long valueHash) {
    int head = slots[slotOf(keyHash)];
    if (head == NONE) {
      if (complete) {
        strangers.add(keyHash, valueHash);
      }
    } else if (present[head]) {
      extra.add(keyHash, valueHash);
    } else {
      present[head] = true;
      found[head] = valueHash;
    }
  }

  /** Where a key stands, or would. */
  private int slotOf(long keyHash) {
    int slot = (int) keyHash & mask;
    while (slots[slot] != NONE && part.keyHash(slots[slot]) != keyHash) {
      slot = slot + 1 & mask;
    }
    return slot;
  }

  /** Rows of keys that nobody attempted, if no attempts were left out. */
  HashPairs strangers() {
    return strangers;
  }

  /** Fills {@code history} with one key after the other, in the order of their first attempts. */
  void forEachKey(KeyHistory history, Visitor visitor) {
    for (int i = 0; i < part.size(); i++) {
      if (!first[i]) {
        continue;
      }
      history.begin();
      if (present[i]) {
        history.addRow(found[i]);
        extra.forEach(part.keyHash(i), history::addRow);
      }
      for (int at = i; at != NONE; at = next[at]) {
        history.addAttempt(part, at);
      }
      history.complete();
      visitor.key(history);
    }
  }
}
