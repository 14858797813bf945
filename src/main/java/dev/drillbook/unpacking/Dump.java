package dev.drillbook.unpacking;

import dev.drillbook.plan.RestoreCheck.Format;
import dev.drillbook.timeline.DrillException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** A backup that is one file: what its first bytes say, and whether its last ones are there. */
final class Dump {
  private static final int TAIL_BYTES = 4096;

  /** mongodump's {@code archive.MagicNumber} 0x8199e26d, the lowest byte first. */
  private static final byte[] MONGO_MAGIC = {0x6d, (byte) 0xe2, (byte) 0x99, (byte) 0x81};

  /** What ends each part of mongodump's archive, the last one too. */
  private static final byte[] MONGO_TERMINATOR = {-1, -1, -1, -1};

  /** The last operation code of an RDB file; since version 5 a sum of 8 bytes follows it. */
  private static final byte RDB_END = (byte) 0xff;

  private static final Pattern RDB = Pattern.compile("REDIS\\d{4}");

  private static final List<String> SQL_BEGINNINGS =
      List.of(
          "--",
          "/*",
          "\\connect",
          "\\c ",
          "\\restrict ",
          "set ",
          "create ",
          "insert ",
          "begin",
          "copy ",
          "drop ",
          "select ",
          "alter ",
          "start ",
          "delete ",
          "truncate ",
          "update ",
          "grant ",
          "revoke ",
          "comment ",
          "do ",
          "with ",
          "lock ",
          "analyze ");

  private Dump() {}

  /** What a file that begins so is; empty where that is nothing that is known. */
  static Optional<Format> format(byte[] head) {
    if (PgArchive.begins(head)) {
      return Optional.of(Format.CUSTOM);
    }
    if (Arrays.equals(head, 0, Math.min(4, head.length), MONGO_MAGIC, 0, 4)) {
      return Optional.of(Format.MONGO_ARCHIVE);
    }
    if (RDB.matcher(text(head, 9)).matches()) {
      return Optional.of(Format.RDB);
    }
    return isSql(head) ? Optional.of(Format.SQL) : Optional.empty();
  }

  private static boolean isSql(byte[] head) {
    for (byte b : head) {
      if (b == 0) {
        return false;
      }
    }
    String start = new String(head, 0, Math.min(head.length, 1024), StandardCharsets.UTF_8);
    String text = start.replaceFirst("^\\uFEFF", "").stripLeading().toLowerCase(Locale.ROOT);
    String words = text.replace('\n', ' ').replace('\t', ' ');
    return SQL_BEGINNINGS.stream().anyMatch(words::startsWith);
  }

  static Origin origin(Format format, String name, byte[] head) {
    return switch (format) {
      case SQL -> Origin.ofSql(text(head, head.length));
      case CUSTOM, DIRECTORY -> PgArchive.read(name, head).origin();
      case RDB -> RdbHead.origin(head);
      case MONGO_ARCHIVE -> MongoPrelude.origin(head);
      default -> Origin.UNKNOWN;
    };
  }

  /**
   * Whether the end is there that every file of this format has, as far as there is such a thing.
   * pg_restore finds out for the custom format; SQL that pg_dump did not write has none.
   *
   * @throws DrillException if it is missing
   */
  static void mustEnd(Format format, String name, byte[] head, Path file) throws IOException {
    byte[] tail = tail(file);
    boolean ends =
        switch (format) {
          case SQL -> sqlEnds(text(head, head.length), text(tail, tail.length));
          case RDB -> rdbEnds(head, tail);
          case MONGO_ARCHIVE ->
              tail.length >= 4
                  && Arrays.equals(tail, tail.length - 4, tail.length, MONGO_TERMINATOR, 0, 4);
          default -> true;
        };
    if (!ends) {
      throw new DrillException(
          name + " is cut off: it does not end as " + format.word() + " does",
          "look at the job that writes it: did it run out of time or space?");
    }
  }

  private static boolean sqlEnds(String head, String tail) {
    if (head.contains("-- PostgreSQL database cluster dump")) {
      return tail.contains("-- PostgreSQL database cluster dump complete");
    }
    return !head.contains("-- PostgreSQL database dump")
        || tail.contains("-- PostgreSQL database dump complete");
  }

  private static boolean rdbEnds(byte[] head, byte[] tail) {
    int version = Integer.parseInt(text(head, 9).substring(5));
    int end = version >= 5 ? 9 : 1;
    return tail.length >= 9 + end && tail[tail.length - end] == RDB_END;
  }

  private static byte[] tail(Path path) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
      byte[] tail = new byte[(int) Math.min(TAIL_BYTES, file.length())];
      file.seek(file.length() - tail.length);
      file.readFully(tail);
      return tail;
    }
  }

  private static String text(byte[] bytes, int most) {
    return new String(bytes, 0, Math.min(bytes.length, most), StandardCharsets.UTF_8);
  }
}
