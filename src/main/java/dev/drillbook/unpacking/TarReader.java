package dev.drillbook.unpacking;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Reads the entries of a tar archive one after the other. It is our own because of what archives
 * from strangers can hold: headers that ask for any amount of memory are refused, sparse files are,
 * and an archive without its end is cut off, which other readers take for the end.
 */
final class TarReader {

  /** Names and attributes of one entry; PATH_MAX is 4096. */
  private static final int MAX_EXTENSION_BYTES = 64 * 1024;

  private final InputStream in;
  private final byte[] block = new byte[TarHeader.BLOCK];
  private long left;
  private long padding;
  private String longName;
  private Long longSize;

  TarReader(InputStream in) {
    this.in = in;
  }

  /**
   * The next entry with its full name and size; empty at the archive's end.
   *
   * @throws IOException if it is damaged or cut off
   */
  Optional<TarHeader> next() throws IOException {
    skip(left + padding);
    left = 0;
    longName = null;
    longSize = null;
    while (true) {
      readBlock();
      if (isZero()) {
        return Optional.empty();
      }
      TarHeader header = TarHeader.read(block, longName);
      switch (header.type()) {
        case 'L' -> longName = withoutZeros(extension(header));
        case 'K' -> extension(header);
        case 'x' -> pax(extension(header));
        case 'g' -> extension(header);
        default -> {
          return Optional.of(entry(header));
        }
      }
    }
  }

  private TarHeader entry(TarHeader header) throws IOException {
    String name = header.name();
    long size = longSize == null ? header.size() : longSize;
    if (header.type() == 'S') {
      throw new IOException(name + " is a sparse file");
    }
    left = size;
    padding = -size & (TarHeader.BLOCK - 1);
    return new TarHeader(name, header.type(), size);
  }

  /** Data of the entry; negative at its end. */
  int read(byte[] buffer) throws IOException {
    if (left == 0) {
      return -1;
    }
    int got = in.read(buffer, 0, (int) Math.min(buffer.length, left));
    if (got < 0) {
      throw new EOFException();
    }
    left -= got;
    return got;
  }

  /** Reads to the end of the input, so that the layers around the archive check their sums. */
  void drain() throws IOException {
    byte[] scratch = new byte[64 * 1024];
    while (in.read(scratch) >= 0) {
      // only read
    }
  }

  private byte[] extension(TarHeader header) throws IOException {
    if (header.size() > MAX_EXTENSION_BYTES) {
      throw new IOException("an entry has attributes of " + header.size() + " bytes");
    }
    byte[] data = in.readNBytes((int) header.size());
    if (data.length < header.size()) {
      throw new EOFException();
    }
    skip(-header.size() & (TarHeader.BLOCK - 1));
    return data;
  }

  private static String withoutZeros(byte[] name) throws IOException {
    int end = name.length;
    while (end > 0 && name[end - 1] == 0) {
      end--;
    }
    return TarHeader.text(ByteBuffer.wrap(name, 0, end));
  }

  /** Records of {@code <length> <key>=<value>\n}, where the length is that of the whole record. */
  private void pax(byte[] records) throws IOException {
    int at = 0;
    while (at < records.length) {
      int blank = at;
      while (blank < records.length && records[blank] >= '0' && records[blank] <= '9') {
        blank++;
      }
      int end = at + (int) decimal(records, at, blank);
      if (end <= blank + 1 || end > records.length) {
        throw new IOException("an entry's attributes are damaged");
      }
      int equals = blank + 1;
      while (equals < end && records[equals] != '=') {
        equals++;
      }
      if (equals == end) {
        throw new IOException("an entry's attributes are damaged");
      }
      attribute(
          new String(records, blank + 1, equals - blank - 1, StandardCharsets.UTF_8),
          records,
          equals + 1,
          end - 1);
      at = end;
    }
  }

  private void attribute(String key, byte[] records, int from, int to) throws IOException {
    if (key.equals("path")) {
      longName = TarHeader.text(ByteBuffer.wrap(records, from, Math.max(to - from, 0)));
    } else if (key.equals("size")) {
      longSize = decimal(records, from, to);
    } else if (key.startsWith("GNU.sparse")) {
      throw new IOException("it holds a sparse file");
    }
  }

  private static long decimal(byte[] digits, int from, int to) throws IOException {
    if (to <= from || to - from > 18) {
      throw new IOException("an entry's attributes are damaged");
    }
    long number = 0;
    for (int i = from; i < to; i++) {
      if (digits[i] < '0' || digits[i] > '9') {
        throw new IOException("an entry's attributes are damaged");
      }
      number = number * 10 + (digits[i] - '0');
    }
    return number;
  }

  private void readBlock() throws IOException {
    if (in.readNBytes(block, 0, block.length) < block.length) {
      throw new EOFException();
    }
  }

  private boolean isZero() {
    for (byte b : block) {
      if (b != 0) {
        return false;
      }
    }
    return true;
  }

  private void skip(long count) throws IOException {
    byte[] scratch = new byte[8192];
    for (long rest = count; rest > 0; ) {
      int got = in.read(scratch, 0, (int) Math.min(rest, scratch.length));
      if (got < 0) {
        throw new EOFException();
      }
      rest -= got;
    }
  }
}
