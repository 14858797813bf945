package dev.drillbook.fault;

import dev.drillbook.site.DataFiles;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * A segment of PostgreSQL's write-ahead log that something was written to. Segments are made, or
 * taken again under a later name, before they are needed; what is in one from an earlier life shows
 * by the address at the head of each of its pages, see {@code XLogPageHeaderData} in PostgreSQL's
 * {@code access/xlog_internal.h}.
 *
 * @param file its name below the data folder
 * @param pages how many were written, the last one perhaps in part
 * @param pageSize bytes in a page
 */
record WalSegment(String file, long pages, int pageSize) {
  private static final int LONG_HEADER_BYTES = 40;
  private static final int HEADER_BYTES = 16;
  private static final int MAGIC = 0;
  private static final int INFO = 2;
  private static final int ADDRESS = 8;
  private static final int SEGMENT_SIZE = 32;
  private static final int PAGE_SIZE = 36;
  private static final int HAS_LONG_HEADER = 2;

  /** The segment, if it has begun to be written. */
  static Optional<WalSegment> of(DataFiles files, String file) {
    ByteBuffer head = read(files, file, 0, LONG_HEADER_BYTES);
    if (head.limit() < LONG_HEADER_BYTES
        || head.getShort(MAGIC) == 0
        || (head.getShort(INFO) & HAS_LONG_HEADER) == 0) {
      return Optional.empty();
    }
    int pageSize = head.getInt(PAGE_SIZE);
    long segmentSize = Integer.toUnsignedLong(head.getInt(SEGMENT_SIZE));
    long start = start(file, segmentSize);
    if (head.getLong(ADDRESS) != start) {
      return Optional.empty();
    }
    // Written pages come first: the first that is not is found by halving.
    long written = 1;
    long unwritten = Math.min(segmentSize, files.size(file)) / pageSize;
    while (written < unwritten) {
      long page = (written + unwritten) / 2;
      ByteBuffer header = read(files, file, page * pageSize, HEADER_BYTES);
      if (header.limit() == HEADER_BYTES
          && header.getShort(MAGIC) != 0
          && header.getLong(ADDRESS) == start + page * pageSize) {
        written = page + 1;
      } else {
        unwritten = page;
      }
    }
    return Optional.of(new WalSegment(file, written, pageSize));
  }

  /** Where in the log it begins, by its name: timeline, and a number in two parts. */
  private static long start(String file, long segmentSize) {
    String name = file.substring(file.length() - 16);
    long upper = Long.parseLong(name.substring(0, 8), 16);
    long lower = Long.parseLong(name.substring(8), 16);
    return (upper << 32) + lower * segmentSize;
  }

  private static ByteBuffer read(DataFiles files, String file, long offset, int length) {
    return ByteBuffer.wrap(files.read(file, offset, length)).order(ByteOrder.nativeOrder());
  }

  /** The bytes up to the end of the last page that was written. */
  long written() {
    return pages * pageSize;
  }

  /** The offset at which that page begins. */
  long lastWrittenPage() {
    return written() - pageSize;
  }
}
