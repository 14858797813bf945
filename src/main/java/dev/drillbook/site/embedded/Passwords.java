package dev.drillbook.site.embedded;

import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * Passwords for one site's components: long, random, and safe to put anywhere that takes letters
 * and digits.
 */
final class Passwords {

  private Passwords() {}

  static String next() {
    byte[] bytes = new byte[16];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
