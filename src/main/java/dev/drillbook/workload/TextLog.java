package dev.drillbook.workload;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Keys and values of all attempts, in the order of their ids. The newest stand in memory, up to a
 * fixed size; what does not fit goes to a scratch file. Every 32nd record's offset is kept, so one
 * record costs a walk over at most 32.
 */
final class TextLog implements AutoCloseable {
  private static final int MEMORY_BYTES = 1 << 20;
  private static final int RECORDS_PER_OFFSET = 32;
  private static final int HEADER_BYTES = 2 * Integer.BYTES;

  private final int memoryBytes;
  private byte[] newest = new byte[0];
  private int newestLength;
  private long newestOffset;
  private long[] offsets = new long[16];
  private int records;
  private boolean closed;
  private Optional<ScratchFile> file = Optional.empty();

  TextLog() {
    this(MEMORY_BYTES);
  }

  TextLog(int memoryBytes) {
    this.memoryBytes = memoryBytes;
  }

  /** What was written, and to which key. */
  record Texts(String key, String value) {}

  synchronized void append(byte[] key, byte[] value) {
    int length = HEADER_BYTES + key.length + value.length;
    makeRoom(length);
    if (records % RECORDS_PER_OFFSET == 0) {
      int at = records / RECORDS_PER_OFFSET;
      offsets = at < offsets.length ? offsets : Arrays.copyOf(offsets, at * 2);
      offsets[at] = newestOffset + newestLength;
    }
    ByteBuffer.wrap(newest, newestLength, length)
        .putInt(key.length)
        .putInt(value.length)
        .put(key)
        .put(value);
    newestLength += length;
    records++;
  }

  private void makeRoom(int length) {
    if (newestLength > 0 && newestLength + length > memoryBytes) {
      if (file.isEmpty()) {
        file = Optional.of(ScratchFile.create());
      }
      newestOffset = file.get().append(newest, newestLength) + newestLength;
      newestLength = 0;
    }
    if (newest.length < newestLength + length) {
      int wanted = Math.max(newestLength + length, Math.min(memoryBytes, newest.length * 2));
      newest = Arrays.copyOf(newest, wanted);
    }
  }

  /**
   * The texts of one attempt.
   *
   * @throws IllegalStateException after {@link #close}
   */
  synchronized Texts read(int record) {
    if (closed) {
      throw new IllegalStateException("the ledger is closed, its texts are gone");
    }
    long offset = offsets[record / RECORDS_PER_OFFSET];
    for (int skipped = record % RECORDS_PER_OFFSET; skipped > 0; skipped--) {
      ByteBuffer header = at(offset, HEADER_BYTES);
      offset += HEADER_BYTES + header.getInt() + header.getInt();
    }
    ByteBuffer header = at(offset, HEADER_BYTES);
    int keyLength = header.getInt();
    int valueLength = header.getInt();
    byte[] texts = at(offset + HEADER_BYTES, keyLength + valueLength).array();
    return new Texts(
        new String(texts, 0, keyLength, StandardCharsets.UTF_8),
        new String(texts, keyLength, valueLength, StandardCharsets.UTF_8));
  }

  private ByteBuffer at(long offset, int length) {
    byte[] bytes = new byte[length];
    if (offset >= newestOffset) {
      System.arraycopy(newest, Math.toIntExact(offset - newestOffset), bytes, 0, length);
    } else {
      file.orElseThrow().read(offset, bytes, length);
    }
    return ByteBuffer.wrap(bytes);
  }

  @Override
  public synchronized void close() {
    closed = true;
    newest = new byte[0];
    file.ifPresent(ScratchFile::close);
  }
}
