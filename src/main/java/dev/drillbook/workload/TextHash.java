package dev.drillbook.workload;

import java.nio.charset.StandardCharsets;
import org.apache.commons.codec.digest.MurmurHash3;

/**
 * The 64 bits by which the ledger and its judge know a key or a value: the first half of
 * MurmurHash3 x64 128 (seed 0) of its UTF-8 bytes.
 *
 * <p>Two different texts have one hash with a probability of 2^-64; that any two of n keys do is
 * about n² / 2^65, which is 3e-6 for ten million keys. The writes of two such keys would be judged
 * as those of one: damage may be reported that is none, and two altered rows may hide each other.
 * The hash does not withstand somebody who looks for such texts on purpose; a workload makes up its
 * own keys and has no reason to.
 */
public final class TextHash {
  private TextHash() {}

  public static long of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  static long of(byte[] utf8) {
    return MurmurHash3.hash128x64(utf8)[0];
  }
}
