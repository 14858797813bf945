package dev.drillbook.snapshot;

/** How much memory one image may spend on keys. Groups that do not fit keep none. */
final class KeyBudget {
  private static final int BYTES_PER_ENTRY = 28;

  private long entries;
  private long bytes;

  KeyBudget(long entries, long bytes) {
    this.entries = entries;
    this.bytes = bytes;
  }

  static KeyBudget standard() {
    return new KeyBudget(1_000_000, 64 << 20);
  }

  /** Whether there was room for one more key. */
  boolean take(int keyBytes) {
    if (entries < 1 || bytes < keyBytes + BYTES_PER_ENTRY) {
      return false;
    }
    entries--;
    bytes -= keyBytes + BYTES_PER_ENTRY;
    return true;
  }

  /** Gives back what a group took that keeps no keys after all. */
  void giveBack(long keys, long keyBytes) {
    entries += keys;
    bytes += keyBytes + keys * BYTES_PER_ENTRY;
  }
}
