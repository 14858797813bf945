package dev.drillbook.verification;

import java.util.Arrays;
import java.util.function.LongConsumer;

/** A growing list of rows, each the hashes of its key and value; found by key once it is sorted. */
final class HashPairs {
  private record Pair(long keyHash, long valueHash) implements Comparable<Pair> {
    @Override
    public int compareTo(Pair other) {
      int byKey = Long.compare(keyHash, other.keyHash);
      return byKey != 0 ? byKey : Long.compare(valueHash, other.valueHash);
    }
  }

  private Pair[] pairs = new Pair[16];
  private int size;
  private boolean sorted = true;

  void clear() {
    Arrays.fill(pairs, 0, size, null);
    size = 0;
    sorted = true;
  }

  void add(long keyHash, long valueHash) {
    if (size == pairs.length) {
      pairs = Arrays.copyOf(pairs, size * 2);
    }
    pairs[size++] = new Pair(keyHash, valueHash);
    sorted = false;
  }

  void addAll(HashPairs others) {
    for (int i = 0; i < others.size; i++) {
      add(others.pairs[i].keyHash, others.pairs[i].valueHash);
    }
  }

  /** Passes on the values of one key. */
  void forEach(long keyHash, LongConsumer values) {
    if (size == 0) {
      return;
    }
    sort();
    int at = Arrays.binarySearch(pairs, 0, size, new Pair(keyHash, Long.MIN_VALUE));
    for (int i = at < 0 ? -at - 1 : at; i < size && pairs[i].keyHash == keyHash; i++) {
      values.accept(pairs[i].valueHash);
    }
  }

  /** Takes a key and how many rows it has. */
  @FunctionalInterface
  interface KeyVisitor {
    void key(long keyHash, int rows);
  }

  void forEachKey(KeyVisitor visitor) {
    sort();
    int from = 0;
    for (int i = 1; i <= size; i++) {
      if (i == size || pairs[i].keyHash != pairs[from].keyHash) {
        visitor.key(pairs[from].keyHash, i - from);
        from = i;
      }
    }
  }

  private void sort() {
    if (!sorted) {
      Arrays.sort(pairs, 0, size);
      sorted = true;
    }
  }
}
