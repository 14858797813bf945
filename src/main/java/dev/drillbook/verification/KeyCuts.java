package dev.drillbook.verification;

import java.util.Arrays;

/**
 * The cuts that fit what was found under one key: ranges, both ends included, ascending, none
 * touching the next.
 */
final class KeyCuts {
  private final Moments moments;
  private long[] from = new long[4];
  private long[] to = new long[4];
  private int size;

  KeyCuts(Moments moments) {
    this.moments = moments;
  }

  /**
   * Works them out.
   *
   * @return false where the key says nothing about the cut: any fits, or none does
   */
  boolean findOf(KeyHistory key) {
    size = 0;
    for (int i = 0; i < key.size(); i++) {
      if (key.shows(i) && key.fitsAnyCut(i)) {
        return false;
      }
    }
    for (int i = KeyHistory.NOTHING; i < key.size(); i++) {
      if (key.invoked(i) > moments.notAfter()) {
        break;
      }
      if (key.shows(i) && !key.isOvertaken(i)) {
        add(key.invoked(i), key.lastCut(i));
      }
    }
    return size > 0;
  }

  private void add(long first, long last) {
    if (size > 0 && (to[size - 1] == Long.MAX_VALUE || first <= to[size - 1] + 1)) {
      to[size - 1] = Math.max(to[size - 1], last);
      return;
    }
    if (size == from.length) {
      from = Arrays.copyOf(from, size * 2);
      to = Arrays.copyOf(to, size * 2);
    }
    from[size] = first;
    to[size++] = last;
  }

  int size() {
    return size;
  }

  long from(int range) {
    return from[range];
  }

  long to(int range) {
    return to[range];
  }

  boolean contain(long cut) {
    for (int i = 0; i < size; i++) {
      if (from[i] <= cut && cut <= to[i]) {
        return true;
      }
    }
    return false;
  }
}
