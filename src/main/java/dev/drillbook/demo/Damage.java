package dev.drillbook.demo;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** What happens to the bytes of a backup. */
final class Damage {
  private static final int MEBIBYTE = 1 << 20;

  /** The header of a custom archive, with both versions, is within so many bytes. */
  private static final int HEADER = 512;

  private Damage() {}

  /** Nine tenths of it. */
  static byte[] truncated(byte[] whole) {
    return Arrays.copyOf(whole, (int) (whole.length * 9L / 10));
  }

  /** With one bit other in its middle, where the rows are. */
  static byte[] flipped(byte[] whole) {
    byte[] flipped = whole.clone();
    flipped[whole.length / 2] ^= 0x10;
    return flipped;
  }

  /**
   * A custom archive that says it was taken by pg_dump 99 from a server 99. Its header has both
   * versions as texts (WriteHead in PostgreSQL's pg_backup_archiver.c).
   *
   * @param version the server's, as {@code show server_version} has it; pg_dump's begins alike
   */
  static byte[] ofMajor99(byte[] archive, String version) {
    String head =
        new String(archive, 0, Math.min(archive.length, HEADER), StandardCharsets.ISO_8859_1);
    String major = version.split("[.\\s]", -1)[0];
    String number = version.split("\\s", -1)[0];
    if (major.length() != 2 || !head.contains(number)) {
      throw new IllegalStateException("the archive's header does not say " + number);
    }
    byte[] newer = archive.clone();
    for (int at = head.indexOf(number); at >= 0; at = head.indexOf(number, at + 1)) {
      newer[at] = '9';
      newer[at + 1] = '9';
    }
    return newer;
  }

  /** SQL with one more statement in the middle, before its first rows. */
  static String withStatement(String sql, String statement) {
    int at = sql.indexOf("\nCOPY ") + 1;
    if (at == 0) {
      throw new IllegalStateException("the dump has no rows");
    }
    return sql.substring(0, at) + statement + "\n\n" + sql.substring(at);
  }

  /**
   * SQL without the lines by which newer releases of pg_dump tell psql to take no command but the
   * one that ends that; whoever is out for harm leaves them away.
   */
  static String unrestricted(String sql) {
    return sql.replaceAll("(?m)^\\\\(un)?restrict .*\n", "");
  }

  static byte[] gzipped(String text) throws IOException {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(zipped)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return zipped.toByteArray();
  }

  static String gunzipped(byte[] zipped) throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(zipped))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** A gibibyte that begins like SQL, gzipped the fast way, which leaves some megabytes. */
  static byte[] bomb() throws IOException {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    byte[] blank = new byte[MEBIBYTE];
    Arrays.fill(blank, (byte) '\n');
    try (OutputStream out = new Fast(zipped)) {
      out.write("-- PostgreSQL database dump\n".getBytes(StandardCharsets.US_ASCII));
      for (int i = 0; i < 1024; i++) {
        out.write(blank);
      }
    }
    return zipped.toByteArray();
  }

  private static final class Fast extends GZIPOutputStream {
    Fast(OutputStream out) throws IOException {
      super(out, 1 << 16);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }
}
