package dev.drillbook.unpacking;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * One block of 512 bytes that describes what follows it: the formats of POSIX.1-1988 (ustar), of
 * POSIX.1-2001 (pax) and of GNU tar.
 *
 * @param name the path; null for one that says something of the next
 * @param type the type flag
 * @param size how many bytes of data follow
 */
record TarHeader(String name, char type, long size) {
  static final int BLOCK = 512;

  /** Entries that say something of the next one. */
  private static final String NAMELESS = "LKxg";

  private static final int NAME_LENGTH = 100;
  private static final int SIZE_OFFSET = 124;
  private static final int SUM_OFFSET = 148;
  private static final int TYPE_OFFSET = 156;
  private static final int MAGIC_OFFSET = 257;
  private static final int PREFIX_OFFSET = 345;
  private static final int PREFIX_LENGTH = 155;

  /** Whether an archive begins so. Its sum is what even the oldest format has. */
  static boolean begins(byte[] head) {
    return head.length >= BLOCK && head[0] != 0 && sumIsRight(head);
  }

  /**
   * @param longName the name that an entry before it gives to this one; null for none
   * @throws IOException if it is none
   */
  static TarHeader read(byte[] block, String longName) throws IOException {
    if (!sumIsRight(block)) {
      throw new IOException("a header's sum is wrong");
    }
    char type = (char) (block[TYPE_OFFSET] & 0xff);
    // A name that is too long is cut off here, even within a character.
    boolean named = longName == null && NAMELESS.indexOf(type) < 0;
    long size = number(block, SIZE_OFFSET, 12);
    if (size < 0) {
      throw new IOException("an entry of negative size");
    }
    return new TarHeader(named ? name(block) : longName, type, size);
  }

  private static String name(byte[] block) throws IOException {
    String name = text(block, 0, NAME_LENGTH);
    boolean posix = "ustar".equals(text(block, MAGIC_OFFSET, 6));
    String prefix = posix ? text(block, PREFIX_OFFSET, PREFIX_LENGTH) : "";
    return prefix.isEmpty() ? name : prefix + "/" + name;
  }

  private static boolean sumIsRight(byte[] block) {
    int sum = 0;
    for (int i = 0; i < BLOCK; i++) {
      boolean inSum = i >= SUM_OFFSET && i < SUM_OFFSET + 8;
      sum += inSum ? ' ' : block[i] & 0xff;
    }
    try {
      return number(block, SUM_OFFSET, 8) == sum;
    } catch (IOException noNumber) {
      return false;
    }
  }

  /** Octal digits, or GNU's form for large ones: the first bit set, then the number itself. */
  private static long number(byte[] block, int offset, int length) throws IOException {
    if ((block[offset] & 0x80) != 0) {
      return binary(block, offset, length);
    }
    long number = 0;
    boolean digits = false;
    for (int i = offset; i < offset + length; i++) {
      int c = block[i];
      if (c >= '0' && c <= '7') {
        number = number * 8 + (c - '0');
        digits = true;
      } else if (c != ' ' && c != 0) {
        throw new IOException("a number in a header is none");
      } else if (digits) {
        break;
      }
    }
    if (!digits) {
      throw new IOException("a number in a header is missing");
    }
    return number;
  }

  private static long binary(byte[] block, int offset, int length) throws IOException {
    long number = 0;
    for (int i = offset + 1; i < offset + length; i++) {
      if (number > Long.MAX_VALUE >> 8) {
        throw new IOException("a number in a header is too large");
      }
      number = (number << 8) | (block[i] & 0xff);
    }
    return number;
  }

  private static String text(byte[] block, int offset, int length) throws IOException {
    int end = offset;
    while (end < offset + length && block[end] != 0) {
      end++;
    }
    return text(ByteBuffer.wrap(block, offset, end - offset));
  }

  static String text(ByteBuffer bytes) throws IOException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      throw new IOException("a name in it is not in UTF-8", e);
    }
  }
}
