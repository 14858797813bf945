package dev.drillbook.verification;

import dev.drillbook.workload.LedgerPart;
import dev.drillbook.workload.Operation;
import dev.drillbook.workload.Outcome;
import java.util.Arrays;
import java.util.BitSet;
import java.util.OptionalInt;

/**
 * All attempts on one key that were not refused, in the order of their invocation, and what the
 * store holds under it. Filled anew for one key after the other, so that judging makes no objects.
 */
final class KeyHistory {
  /** The explanation of a row that is not there: no write took effect. */
  static final int NOTHING = -1;

  private final Moments moments;
  private int size;
  private int[] ids = new int[16];
  private long[] invoked = new long[16];
  private long[] settled = new long[16];
  private boolean[] shows = new boolean[16];
  private long[] leastSettledFrom = new long[17];
  private long[] found = new long[2];
  private int rows;
  private int matching;
  private boolean anyRefused;
  private int lastId;
  private int refusedId;
  private long lastAfterwards;

  KeyHistory(Moments moments) {
    this.moments = moments;
  }

  void begin() {
    size = 0;
    rows = 0;
    matching = 0;
    anyRefused = false;
    refusedId = NOTHING;
    lastAfterwards = Long.MIN_VALUE;
  }

  /** To be called before attempts are added. */
  void addRow(long valueHash) {
    if (rows == found.length) {
      found = Arrays.copyOf(found, rows * 2);
    }
    found[rows++] = valueHash;
  }

  void addAttempt(LedgerPart part, int i) {
    lastId = part.id(i);
    boolean matches =
        part.kind(i) == Operation.Kind.DELETE ? rows == 0 : isFound(part.valueHash(i));
    Outcome outcome = part.outcome(i);
    if (outcome == Outcome.FAILED) {
      anyRefused = true;
      refusedId = matches && rows > 0 ? lastId : refusedId;
      return;
    }
    if (size == ids.length) {
      grow();
    }
    ids[size] = lastId;
    invoked[size] = part.invokedNanos(i);
    settled[size] = outcome == Outcome.ACKNOWLEDGED ? part.answeredNanos(i) : Moments.NEVER;
    shows[size] = matches;
    matching += matches ? 1 : 0;
    if (outcome == Outcome.ACKNOWLEDGED && moments.isAfterwards(invoked[size])) {
      lastAfterwards = invoked[size];
    }
    size++;
  }

  private boolean isFound(long valueHash) {
    for (int i = 0; i < rows; i++) {
      if (found[i] == valueHash) {
        return true;
      }
    }
    return false;
  }

  private void grow() {
    int wanted = size * 2;
    ids = Arrays.copyOf(ids, wanted);
    invoked = Arrays.copyOf(invoked, wanted);
    settled = Arrays.copyOf(settled, wanted);
    shows = Arrays.copyOf(shows, wanted);
    leastSettledFrom = new long[wanted + 1];
  }

  /** To be called when all attempts are added. */
  void complete() {
    leastSettledFrom[size] = Moments.NEVER;
    for (int i = size - 1; i >= 0; i--) {
      long least = leastSettledFrom[i + 1];
      leastSettledFrom[i] = moments.isAfterwards(invoked[i]) ? least : Math.min(least, settled[i]);
    }
  }

  int size() {
    return size;
  }

  int id(int attempt) {
    return ids[attempt];
  }

  /** The last attempt on this key, refused or not. */
  int lastId() {
    return lastId;
  }

  long invoked(int attempt) {
    return attempt == NOTHING ? Long.MIN_VALUE : invoked[attempt];
  }

  /** When it was acknowledged, {@link Moments#NEVER} where it was not. */
  long settled(int attempt) {
    return attempt == NOTHING ? Long.MIN_VALUE : settled[attempt];
  }

  boolean isAcknowledged(int attempt) {
    return settled[attempt] != Moments.NEVER;
  }

  boolean isPresent() {
    return rows > 0;
  }

  boolean isDuplicate() {
    return rows > 1;
  }

  /**
   * Whether the key has lost nothing, whatever the cut: its last write is acknowledged, was
   * restored if it is there, and is the only one that left what is found. Then no cut before that
   * write fits.
   */
  boolean isSettled() {
    int newest = size - 1;
    return rows == 1
        && size > 0
        && matching == 1
        && !anyRefused
        && shows[newest]
        && isAcknowledged(newest)
        && invoked[newest] <= moments.notAfter()
        && !moments.isAfterwards(invoked[newest])
        && !moments.mayBeAfterwards(settled[newest]);
  }

  void addIdsTo(BitSet set) {
    for (int i = 0; i < size; i++) {
      set.set(ids[i]);
    }
  }

  /** The last refused write whose value is there. */
  OptionalInt refusedId() {
    return refusedId == NOTHING ? OptionalInt.empty() : OptionalInt.of(refusedId);
  }

  /** Whether what was found is what this attempt, or {@link #NOTHING}, left. */
  boolean shows(int attempt) {
    return attempt == NOTHING ? rows == 0 : shows[attempt];
  }

  /**
   * Whether it cannot have been the last to take effect, since the recovered system acknowledged a
   * write to this key that was invoked later.
   */
  boolean isOvertaken(int attempt) {
    return settled(attempt) < lastAfterwards;
  }

  /** Whether it can have been the last to take effect, and in the recovered system. */
  boolean fitsAnyCut(int attempt) {
    return attempt != NOTHING && moments.mayBeAfterwards(settled[attempt]) && !isOvertaken(attempt);
  }

  /**
   * The last cut for which it can have been the last to take effect: later ones bring a write back
   * that was invoked after this one's acknowledgement.
   */
  long lastCut(int attempt) {
    return leastSettledFrom[firstInvokedAfter(attempt)];
  }

  private int firstInvokedAfter(int attempt) {
    long after = settled(attempt);
    int low = attempt + 1;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (invoked[middle] > after) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}
