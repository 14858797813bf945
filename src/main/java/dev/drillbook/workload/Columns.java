package dev.drillbook.workload;

import dev.drillbook.timeline.DrillException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * All attempts, 28 bytes each: when invoked and how it ended (8), how long that took (4), the
 * hashes of key and value (8 each). They stand in chunks of fixed size, so that nothing is copied
 * when the ledger grows. One thread writes at a time; others may read meanwhile what was appended
 * before they got hold of the chunks.
 */
final class Columns {
  /** The last tick that 48 bits hold: 78 hours after the drill's start. */
  static final long LAST_TICK = (1L << 48) - 1;

  private static final int CHUNK_BITS = 14;
  private static final int CHUNK_SIZE = 1 << CHUNK_BITS;
  private static final int CHUNK_MASK = CHUNK_SIZE - 1;
  private static final VarHandle HEAD = MethodHandles.arrayElementVarHandle(long[].class);

  private Chunk[] chunks = new Chunk[4];
  private int size;

  /** Durations that 32 bits do not hold, which are those of more than 4.29 s. */
  private final Map<Integer, Long> longDurations = new ConcurrentHashMap<>();

  /** A fixed number of attempts. */
  private static final class Chunk {
    /** The {@link Head} and the value hash of each in turn, since who needs one needs the other. */
    private final long[] headsAndValues = new long[2 * CHUNK_SIZE];

    private final int[] durations = new int[CHUNK_SIZE];
    private final long[] keyHashes = new long[CHUNK_SIZE];
  }

  /** Returns the new attempt's id. */
  int append(Operation.Kind kind, long invokedNanos, long keyHash, long valueHash) {
    if (invokedNanos < 0 || invokedNanos > LAST_TICK) {
      throw new DrillException(
          "a write is invoked at " + invokedNanos + " ns; the ledger holds 78 hours",
          "end the drill earlier: no ledger is kept of longer ones");
    }
    int chunk = size >>> CHUNK_BITS;
    if (chunk == chunks.length) {
      chunks = Arrays.copyOf(chunks, chunk * 2);
    }
    if (chunks[chunk] == null) {
      chunks[chunk] = new Chunk();
    }
    int at = size & CHUNK_MASK;
    chunks[chunk].keyHashes[at] = keyHash;
    chunks[chunk].headsAndValues[2 * at + 1] = valueHash;
    HEAD.setRelease(chunks[chunk].headsAndValues, 2 * at, Head.of(kind, invokedNanos));
    return size++;
  }

  void answer(int id, Outcome outcome, int error, long answeredNanos) {
    Chunk chunk = chunks[id >>> CHUNK_BITS];
    long head = chunk.headsAndValues[2 * (id & CHUNK_MASK)];
    long duration = answeredNanos - Head.invokedNanos(head);
    if (Head.isAnswered(head)) {
      throw new IllegalStateException("attempt " + id + " was answered twice");
    }
    if (duration < 0) {
      throw new IllegalArgumentException("attempt " + id + " was answered before it was invoked");
    }
    boolean fits = duration >>> Integer.SIZE == 0;
    if (!fits) {
      longDurations.put(id, duration);
    }
    chunk.durations[id & CHUNK_MASK] = (int) duration;
    // Whoever sees the answer sees its duration too.
    HEAD.setRelease(
        chunk.headsAndValues,
        2 * (id & CHUNK_MASK),
        Head.answered(head, outcome, error, /* isLong= */ !fits));
  }

  /** What stands here now; later attempts are not in it, later answers are. */
  Snapshot snapshot() {
    return new Snapshot(chunks.clone(), size, longDurations);
  }

  /** The first {@code size} attempts. */
  static final class Snapshot {
    private final Chunk[] chunks;
    private final int size;
    private final Map<Integer, Long> longDurations;

    private Snapshot(Chunk[] chunks, int size, Map<Integer, Long> longDurations) {
      this.chunks = chunks;
      this.size = size;
      this.longDurations = longDurations;
    }

    int size() {
      return size;
    }

    long head(int id) {
      return (long)
          HEAD.getAcquire(chunks[id >>> CHUNK_BITS].headsAndValues, 2 * (id & CHUNK_MASK));
    }

    /** How long the answer took; {@code head} is this attempt's, and answered. */
    long durationNanos(int id, long head) {
      return Head.isLong(head) ? longDurations.get(id) : Integer.toUnsignedLong(duration(id));
    }

    /** Its low 32 bits. */
    int duration(int id) {
      return chunks[id >>> CHUNK_BITS].durations[id & CHUNK_MASK];
    }

    long keyHash(int id) {
      return chunks[id >>> CHUNK_BITS].keyHashes[id & CHUNK_MASK];
    }

    long valueHash(int id) {
      return chunks[id >>> CHUNK_BITS].headsAndValues[2 * (id & CHUNK_MASK) + 1];
    }

    int collect(long firstBits, int bits, int[] ids, long[] hashes) {
      int found = 0;
      for (int from = 0; from < size; from += CHUNK_SIZE) {
        long[] column = chunks[from >>> CHUNK_BITS].keyHashes;
        int length = Math.min(CHUNK_SIZE, size - from);
        for (int at = 0; at < length; at++) {
          if (column[at] >>> (Long.SIZE - bits) == firstBits) {
            ids[found] = from + at;
            hashes[found++] = column[at];
          }
        }
      }
      return found;
    }

    int collectAmong(BitSet without, long firstBits, int bits, int[] ids, long[] hashes) {
      int found = 0;
      for (int id = without.nextClearBit(0); id < size; id = without.nextClearBit(id + 1)) {
        long hash = keyHash(id);
        if (hash >>> (Long.SIZE - bits) == firstBits) {
          ids[found] = id;
          hashes[found++] = hash;
        }
      }
      return found;
    }
  }
}
