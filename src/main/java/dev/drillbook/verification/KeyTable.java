package dev.drillbook.verification;

import dev.drillbook.workload.LedgerView;
import java.util.Arrays;

/**
 * All attempts and rows whose keys belong to one part, by key: a hash table with open addressing
 * that holds the first attempt on each key, a chain to the later ones, and what the store holds.
 */
final class KeyTable {
  private static final int NONE = -1;

  private final LedgerView ledger;
  private final RowHashes rows;
  private final int[] ids;
  private final long[] hashes;
  private final int[] next;
  private final boolean[] first;
  private final boolean[] present;
  private final long[] found;
  private final int[] slots;
  private int mask;
  private int size;
  private final HashPairs extra = new HashPairs();
  private final HashPairs strangers = new HashPairs();

  /** What is done with each key. */
  @FunctionalInterface
  interface Visitor {
    void key(KeyHistory key);
  }

  KeyTable(LedgerView ledger, RowHashes rows) {
    this.ledger = ledger;
    this.rows = rows;
    int capacity = largestPart(ledger);
    ids = new int[capacity];
    hashes = new long[capacity];
    next = new int[capacity];
    first = new boolean[capacity];
    present = new boolean[capacity];
    found = new long[capacity];
    slots = new int[slotsFor(capacity)];
  }

  private static int largestPart(LedgerView ledger) {
    int[] sizes = new int[RowHashes.PARTS];
    for (int id = 0; id < ledger.size(); id++) {
      sizes[RowHashes.partOf(ledger.keyHash(id))]++;
    }
    return Arrays.stream(sizes).max().orElse(0);
  }

  /** A power of two of which at most two thirds are used. */
  private static int slotsFor(int keys) {
    return Math.max(4, Integer.highestOneBit(Math.max(1, keys + keys / 2)) * 2);
  }

  /** Reads one part in; what was there before is gone. */
  void load(int part) {
    size = ledger.collect(part, RowHashes.PART_BITS, ids, hashes);
    int slotCount = slotsFor(size);
    mask = slotCount - 1;
    Arrays.fill(slots, 0, slotCount, NONE);
    Arrays.fill(present, 0, size, false);
    extra.clear();
    strangers.clear();
    // Backwards, so that the chains run forwards.
    for (int i = size - 1; i >= 0; i--) {
      int slot = slotOf(hashes[i]);
      next[i] = slots[slot];
      first[i] = true;
      if (next[i] != NONE) {
        first[next[i]] = false;
      }
      slots[slot] = i;
    }
    rows.forEach(part, this::addRow);
  }

  private void addRow(long keyHash, long valueHash) {
    int head = slots[slotOf(keyHash)];
    if (head == NONE) {
      strangers.add(keyHash, valueHash);
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
    while (slots[slot] != NONE && hashes[slots[slot]] != keyHash) {
      slot = slot + 1 & mask;
    }
    return slot;
  }

  /** Rows of keys that nobody attempted. */
  HashPairs strangers() {
    return strangers;
  }

  /** Fills {@code history} with one key after the other, in the order of their first attempts. */
  void forEachKey(KeyHistory history, Visitor visitor) {
    for (int i = 0; i < size; i++) {
      if (!first[i]) {
        continue;
      }
      history.begin();
      if (present[i]) {
        history.addRow(found[i]);
        extra.forEach(hashes[i], history::addRow);
      }
      for (int at = i; at != NONE; at = next[at]) {
        history.addAttempt(ids[at]);
      }
      history.complete();
      visitor.key(history);
    }
  }
}
