package dev.drillbook.verification;

import dev.drillbook.workload.Contents;
import dev.drillbook.workload.ScratchFile;
import dev.drillbook.workload.TextHash;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * The hashes of all rows of a store, 16 bytes a row, apart by the first bits of their keys' hashes
 * (a Grace hash join). Each part has a small buffer in memory; full ones go to one scratch file, so
 * memory does not depend on how many rows there are.
 */
public final class RowHashes implements Contents, AutoCloseable {
  /** How many first bits of a key's hash tell its part. */
  static final int PART_BITS = 5;

  static final int PARTS = 1 << PART_BITS;

  private static final int ROWS_PER_BUFFER = 2_048;
  private static final int LONGS_PER_ROW = 2;

  private final Part[] parts = new Part[PARTS];
  private final byte[] block;
  private final LongBuffer longsOfBlock;
  private long rows;
  private Optional<ScratchFile> file = Optional.empty();

  public RowHashes() {
    this(ROWS_PER_BUFFER);
  }

  RowHashes(int rowsPerBuffer) {
    block = new byte[rowsPerBuffer * LONGS_PER_ROW * Long.BYTES];
    longsOfBlock = ByteBuffer.wrap(block).asLongBuffer();
    Arrays.setAll(parts, part -> new Part());
  }

  /** Takes a row's hashes. */
  @FunctionalInterface
  interface Visitor {
    void row(long keyHash, long valueHash);
  }

  /** The rows of one part: those in memory, and where blocks of others stand in the file. */
  private final class Part {
    private long[] buffer = new long[0];
    private int used;
    private long[] blocks = new long[0];
    private int blockCount;

    void add(long keyHash, long valueHash) {
      if (used == longsOfBlock.capacity()) {
        spill();
      }
      if (used == buffer.length) {
        int wanted = Math.max(32 * LONGS_PER_ROW, used * 2);
        buffer = Arrays.copyOf(buffer, Math.min(wanted, longsOfBlock.capacity()));
      }
      buffer[used++] = keyHash;
      buffer[used++] = valueHash;
    }

    private void spill() {
      if (file.isEmpty()) {
        file = Optional.of(ScratchFile.create());
      }
      longsOfBlock.put(0, buffer, 0, used);
      if (blockCount == blocks.length) {
        blocks = Arrays.copyOf(blocks, Math.max(8, blockCount * 2));
      }
      blocks[blockCount++] = file.get().append(block, block.length);
      used = 0;
    }

    void forEach(Visitor visitor) {
      for (int i = 0; i < blockCount; i++) {
        file.orElseThrow().read(blocks[i], block, block.length);
        for (int at = 0; at < longsOfBlock.capacity(); at += LONGS_PER_ROW) {
          visitor.row(longsOfBlock.get(at), longsOfBlock.get(at + 1));
        }
      }
      for (int at = 0; at < used; at += LONGS_PER_ROW) {
        visitor.row(buffer[at], buffer[at + 1]);
      }
    }
  }

  static int partOf(long keyHash) {
    return (int) (keyHash >>> (Long.SIZE - PART_BITS));
  }

  @Override
  public void row(String key, String value) {
    add(TextHash.of(key), TextHash.of(value));
  }

  /** Takes a row whose texts are hashed already. */
  public void add(long keyHash, long valueHash) {
    parts[partOf(keyHash)].add(keyHash, valueHash);
    rows++;
  }

  /** Passes on every row of one part; in no order that means anything. */
  void forEach(int part, Visitor visitor) {
    parts[part].forEach(visitor);
  }

  public long rows() {
    return rows;
  }

  /** How much stands in the scratch file. */
  public long spilledBytes() {
    return file.map(ScratchFile::size).orElse(0L);
  }

  @Override
  public void close() {
    file.ifPresent(ScratchFile::close);
  }
}
