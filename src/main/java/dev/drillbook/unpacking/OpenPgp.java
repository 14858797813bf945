package dev.drillbook.unpacking;

/** Packets of OpenPGP, as far as it takes to tell them: RFC 9580, sections 4.2 and 5. */
final class OpenPgp {
  private static final int PUBLIC_KEY_ENCRYPTED_SESSION_KEY = 1;
  private static final int SYMMETRIC_KEY_ENCRYPTED_SESSION_KEY = 3;
  private static final int SECRET_KEY = 5;

  private OpenPgp() {}

  /**
   * Whether an encrypted message begins so: with a session key for a public key or a passphrase.
   */
  static boolean begins(byte[] head) {
    int version = version(head);
    return switch (tag(head)) {
      case PUBLIC_KEY_ENCRYPTED_SESSION_KEY -> version == 3 || version == 6;
      case SYMMETRIC_KEY_ENCRYPTED_SESSION_KEY -> version >= 4 && version <= 6;
      default -> false;
    };
  }

  /** Whether a private key begins so. */
  static boolean isSecretKey(byte[] head) {
    int version = version(head);
    return tag(head) == SECRET_KEY && version >= 3 && version <= 6;
  }

  /** The packet's tag; negative where it is no packet. */
  private static int tag(byte[] head) {
    if (head.length < 8 || (head[0] & 0x80) == 0) {
      return -1;
    }
    return (head[0] & 0x40) != 0 ? head[0] & 0x3f : (head[0] & 0x3c) >> 2;
  }

  /** The first byte of the packet's body, which is the version in those that are of interest. */
  private static int version(byte[] head) {
    if (tag(head) < 0) {
      return -1;
    }
    int lengthBytes;
    if ((head[0] & 0x40) != 0) {
      int first = head[1] & 0xff;
      lengthBytes = first < 192 ? 1 : first < 224 ? 2 : first == 255 ? 5 : 1;
    } else {
      lengthBytes = new int[] {1, 2, 4, 0}[head[0] & 0x03];
    }
    return head[1 + lengthBytes] & 0xff;
  }
}
