package dev.drillbook.unpacking;

import dev.drillbook.timeline.DrillException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The header of pg_dump's custom format, which its directory format's toc.dat has as well: {@code
 * WriteHead} and {@code ReadHead} in PostgreSQL's src/bin/pg_dump/pg_backup_archiver.c. After the
 * magic number come the archive format's version, the width of integers and of offsets, the kind of
 * archive, the compression (a byte since version 1.15, an integer before), seven integers for the
 * time of creation, and as texts the database, the server's version and pg_dump's.
 *
 * @param version of the archive format, e.g. 1.14
 * @param server the version of the server that was dumped
 * @param dumper the version of pg_dump
 */
record PgArchive(String version, String server, String dumper) {
  private static final byte[] MAGIC = "PGDMP".getBytes(StandardCharsets.US_ASCII);
  private static final int TIME_INTEGERS = 7;
  private static final int MAX_TEXT_BYTES = 1024;

  /** Integers have a sign and texts say of which versions since PostgreSQL 8.0. */
  private static final int OLDEST_MINOR = 10;

  private static final int COMPRESSION_IS_A_BYTE_SINCE_MINOR = 15;

  static boolean begins(byte[] head) {
    return head.length > MAGIC.length
        && Arrays.equals(head, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
  }

  /**
   * @throws DrillException if it is damaged, or of before PostgreSQL 8.0
   */
  static PgArchive read(String name, byte[] head) {
    try {
      return new Reader(head).header();
    } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
      throw new DrillException(
          name + " begins like an archive of pg_dump, but its header is damaged or cut off",
          "compare it with what was stored at first",
          e);
    }
  }

  Origin origin() {
    return Origin.of("pg_dump", dumper, server);
  }

  private static final class Reader {
    private final byte[] head;
    private int at = MAGIC.length;
    private int integerBytes;

    Reader(byte[] head) {
      this.head = head;
    }

    PgArchive header() {
      int major = unsigned();
      int minor = unsigned();
      unsigned(); // the revision
      if (major != 1 || minor < OLDEST_MINOR) {
        throw new IllegalArgumentException("version " + major + "." + minor);
      }
      integerBytes = unsigned();
      if (integerBytes < 1 || integerBytes > 8) {
        throw new IllegalArgumentException("integers of " + integerBytes + " bytes");
      }
      at += 2; // the width of offsets, the kind of archive
      if (minor >= COMPRESSION_IS_A_BYTE_SINCE_MINOR) {
        at++;
      } else {
        integer();
      }
      for (int i = 0; i < TIME_INTEGERS; i++) {
        integer();
      }
      text(); // the database's name
      String server = text();
      return new PgArchive(major + "." + minor, server, text());
    }

    private int unsigned() {
      return head[at++] & 0xff;
    }

    private long integer() {
      boolean negative = unsigned() != 0;
      long value = 0;
      for (int i = 0; i < integerBytes; i++) {
        value |= (long) unsigned() << (8 * i);
      }
      return negative ? -value : value;
    }

    private String text() {
      long length = integer();
      if (length > MAX_TEXT_BYTES) {
        throw new IllegalArgumentException("a text of " + length + " bytes");
      }
      if (length <= 0) {
        return "";
      }
      if (at + length > head.length) {
        throw new IndexOutOfBoundsException();
      }
      String text = new String(head, at, (int) length, StandardCharsets.UTF_8);
      at += (int) length;
      return text;
    }
  }
}
