package dev.drillbook.demo;

import java.util.HexFormat;
import java.util.Random;

/** Keys for the demo's backups, which protect nothing: whoever knows the seed knows them. */
final class Keys {
  private static final int BYTES = 16;

  private Keys() {}

  static String of(Random random) {
    byte[] key = new byte[BYTES];
    random.nextBytes(key);
    return HexFormat.of().formatHex(key);
  }
}
