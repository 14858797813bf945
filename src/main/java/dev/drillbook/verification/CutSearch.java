package dev.drillbook.verification;

import java.util.Arrays;

/**
 * Looks for the cuts that fit every key. Each key bounds them from both sides; a key with several
 * ranges also rules the gaps between them out. Gaps that no bound can come to meet are dropped and
 * overlapping ones joined, so that few are kept unless the contents prove next to nothing.
 */
final class CutSearch {
  private long lower;
  private long upper;
  private long[] gapFrom = new long[64];
  private long[] gapTo = new long[64];
  private int gaps;

  /** Looks from {@code lower} to {@code upper}, both included. */
  CutSearch(long lower, long upper) {
    this.lower = lower;
    this.upper = upper;
  }

  void add(KeyCuts cuts) {
    lower = Math.max(lower, cuts.from(0));
    upper = Math.min(upper, cuts.to(cuts.size() - 1));
    for (int i = 1; i < cuts.size(); i++) {
      addGap(cuts.to(i - 1) + 1, cuts.from(i) - 1);
    }
  }

  private void addGap(long from, long to) {
    if (to < lower) {
      return;
    }
    if (gaps == gapFrom.length) {
      join();
      if (gaps > gapFrom.length / 2) {
        gapFrom = Arrays.copyOf(gapFrom, gaps * 2);
        gapTo = Arrays.copyOf(gapTo, gaps * 2);
      }
    }
    gapFrom[gaps] = from;
    gapTo[gaps++] = to;
  }

  /**
   * Joins gaps that overlap or touch. With both ends sorted, the union breaks behind the i-th end
   * exactly where the next beginning lies beyond it.
   */
  private void join() {
    Arrays.sort(gapFrom, 0, gaps);
    Arrays.sort(gapTo, 0, gaps);
    int joined = 0;
    int first = 0;
    for (int i = 0; i < gaps; i++) {
      if (i == gaps - 1 || gapFrom[i + 1] - 1 > gapTo[i]) {
        if (gapTo[i] >= lower) {
          gapFrom[joined] = gapFrom[first];
          gapTo[joined++] = gapTo[i];
        }
        first = i + 1;
      }
    }
    gaps = joined;
  }

  /**
   * The earliest cut that no gap rules out and that is not before what any key proves. It fits all
   * keys if it is not after {@link #greatest}.
   */
  long least() {
    join();
    for (int i = 0; i < gaps; i++) {
      if (gapFrom[i] <= lower && lower <= gapTo[i]) {
        return gapTo[i] + 1;
      }
    }
    return lower;
  }

  /** The latest cut that no gap rules out and that is not after what any key allows. */
  long greatest() {
    join();
    for (int i = 0; i < gaps; i++) {
      if (gapFrom[i] <= upper && upper <= gapTo[i]) {
        return gapFrom[i] - 1;
      }
    }
    return upper;
  }
}
