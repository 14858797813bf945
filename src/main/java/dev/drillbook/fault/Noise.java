package dev.drillbook.fault;

import java.io.IOException;
import java.io.InputStream;
import java.util.SplittableRandom;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Bytes without any meaning, as many as one likes: the same for the same seed.
 *
 * @param seed which of them
 * @param size how many
 */
record Noise(long seed, long size) {

  /** All of them, never in memory at once. */
  InputStream stream() {
    return new Stream(new SplittableRandom(seed), size);
  }

  String sha256() {
    try (InputStream all = stream()) {
      return DigestUtils.sha256Hex(all);
    } catch (IOException e) {
      throw new IllegalStateException("it is not read from anywhere", e);
    }
  }

  private static final class Stream extends InputStream {
    private static final int BLOCK = 8_192;
    private final SplittableRandom random;
    private final byte[] block = new byte[BLOCK];
    private int used = BLOCK;
    private long left;

    Stream(SplittableRandom random, long size) {
      this.random = random;
      this.left = size;
    }

    @Override
    public int read() {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    /** Whole blocks are drawn, so that how it is read changes nothing. */
    @Override
    public int read(byte[] to, int offset, int length) {
      if (length == 0) {
        return 0;
      }
      if (left == 0) {
        return -1;
      }
      if (used == BLOCK) {
        random.nextBytes(block);
        used = 0;
      }
      int count = (int) Math.min(left, Math.min(length, BLOCK - used));
      System.arraycopy(block, used, to, offset, count);
      used += count;
      left -= count;
      return count;
    }
  }
}
