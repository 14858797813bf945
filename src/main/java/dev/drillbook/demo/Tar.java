package dev.drillbook.demo;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/**
 * A tar archive of whatever entries, those included that no archiver of good will would write. As
 * in POSIX's pax format (IEEE Std 1003.1, pax, "ustar Interchange Format"), with an extended header
 * where a name is too long.
 */
final class Tar {
  private static final int BLOCK = 512;
  private static final int NAME = 100;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final long modified;

  /**
   * @param modified when all of its entries were
   */
  Tar(Instant modified) {
    this.modified = modified.getEpochSecond();
  }

  Tar file(String name, byte[] content) {
    extended(record("path", name));
    entry(name, '0', "", content);
    return this;
  }

  /** A symbolic link. */
  Tar link(String name, String to) {
    extended(record("path", name) + record("linkpath", to));
    entry(name, '2', to, new byte[0]);
    return this;
  }

  byte[] bytes() {
    byte[] entries = out.toByteArray();
    return Arrays.copyOf(entries, entries.length + 2 * BLOCK);
  }

  private void extended(String records) {
    if (!records.isEmpty()) {
      entry("pax-header", 'x', "", records.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Nothing for what has room in a header; a record begins with its own length in bytes. */
  private static String record(String key, String value) {
    if (value.getBytes(StandardCharsets.UTF_8).length <= NAME) {
      return "";
    }
    int rest = (" " + key + "=" + value + "\n").getBytes(StandardCharsets.UTF_8).length;
    int length = rest;
    while (length != rest + String.valueOf(length).length()) {
      length = rest + String.valueOf(length).length();
    }
    return length + " " + key + "=" + value + "\n";
  }

  private void entry(String name, char type, String link, byte[] content) {
    byte[] header = new byte[BLOCK];
    put(header, 0, name, NAME);
    put(header, 100, "0000644", 8);
    put(header, 108, "0000000", 8);
    put(header, 116, "0000000", 8);
    put(header, 124, String.format("%011o", content.length), 12);
    put(header, 136, String.format("%011o", modified), 12);
    put(header, 148, "        ", 8);
    header[156] = (byte) type;
    put(header, 157, link, NAME);
    put(header, 257, "ustar\00000", 8);
    int sum = 0;
    for (byte each : header) {
      sum += each & 0xff;
    }
    put(header, 148, String.format("%06o\0 ", sum), 8);
    out.writeBytes(header);
    out.writeBytes(content);
    out.writeBytes(new byte[(BLOCK - content.length % BLOCK) % BLOCK]);
  }

  private static void put(byte[] header, int at, String text, int room) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    System.arraycopy(bytes, 0, header, at, Math.min(bytes.length, room));
  }
}
