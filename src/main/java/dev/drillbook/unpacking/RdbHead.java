package dev.drillbook.unpacking;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The head of a Redis database file: {@code REDIS} and four digits, then since Redis 3.2 auxiliary
 * fields, of which {@code redis-ver} is the first ({@code rdbSaveInfoAuxFields} in rdb.c).
 */
final class RdbHead {
  private static final Pattern SERVER =
      Pattern.compile("^REDIS\\d{4}\\u00fa\\u0009redis-ver[\\u0001-\\u003f]([0-9][0-9.]{0,20})");

  private RdbHead() {}

  static Origin origin(byte[] head) {
    String text = new String(head, 0, Math.min(head.length, 64), StandardCharsets.ISO_8859_1);
    Matcher server = SERVER.matcher(text);
    return server.find()
        ? Origin.of("Redis", server.group(1), server.group(1))
        : new Origin(
            Optional.of("RDB version " + Integer.parseInt(text.substring(5, 9))),
            OptionalInt.empty());
  }
}
