package dev.drillbook.snapshot;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The first 128 bits of the SHA-256 of what an entry of a store is made of: its key and its value.
 */
record EntryHash(long high, long low) {

  /** Takes the parts in. Each is preceded by its length, so that none can run into the next. */
  static final class Builder {
    private final MessageDigest digest;
    private final ByteBuffer number = ByteBuffer.allocate(Long.BYTES);

    Builder() {
      try {
        digest = MessageDigest.getInstance("SHA-256");
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every JDK has SHA-256", e);
      }
    }

    Builder part(byte[] bytes) {
      number(bytes.length);
      return some(bytes, bytes.length);
    }

    Builder part(ByteBuffer bytes) {
      number(bytes.remaining());
      digest.update(bytes);
      return this;
    }

    Builder part(String text) {
      return part(text.getBytes(StandardCharsets.UTF_8));
    }

    Builder number(long value) {
      digest.update(number.putLong(0, value).array());
      return this;
    }

    /** The next bytes of a part whose length was told as a number before. */
    Builder some(byte[] bytes, int length) {
      digest.update(bytes, 0, length);
      return this;
    }

    EntryHash build() {
      ByteBuffer hash = ByteBuffer.wrap(digest.digest());
      return new EntryHash(hash.getLong(), hash.getLong());
    }
  }
}
