package dev.drillbook.unpacking;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * The head of mongodump's archive: after the magic number a BSON document with {@code
 * server_version} and {@code tool_version} among texts and integers ({@code archive.Header} in
 * mongo-tools).
 */
final class MongoPrelude {
  private static final int MAX_FIELDS = 20;

  private MongoPrelude() {}

  /** Unknown where it does not say, or not so. */
  static Origin origin(byte[] head) {
    ByteBuffer bytes = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
    Map<String, String> texts = new HashMap<>();
    try {
      bytes.position(8); // the magic number and the document's length
      for (int i = 0; i < MAX_FIELDS; i++) {
        int type = bytes.get();
        if (type == 0) {
          break;
        }
        String field = cString(bytes);
        if (type == 0x02) {
          byte[] text = new byte[Math.max(0, Math.min(bytes.getInt(), bytes.remaining()))];
          bytes.get(text);
          texts.put(field, new String(text, StandardCharsets.UTF_8).replace("\0", ""));
        } else if (type == 0x10) {
          bytes.getInt();
        } else {
          break;
        }
      }
    } catch (BufferUnderflowException | IllegalArgumentException cutOff) {
      return Origin.UNKNOWN;
    }
    String tool = texts.get("tool_version");
    return tool == null
        ? Origin.UNKNOWN
        : Origin.of("mongodump", tool, texts.getOrDefault("server_version", ""));
  }

  private static String cString(ByteBuffer bytes) {
    StringBuilder text = new StringBuilder();
    for (byte b; (b = bytes.get()) != 0; ) {
      text.append((char) (b & 0xff));
    }
    return text.toString();
  }
}
