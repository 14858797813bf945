package dev.drillbook.proxy;

/**
 * Passes at most so many kilobytes (1,000 bytes) a second, in pieces of at most 100 ms. Time that a
 * piece was let go too late is made up for by the next one; idle time is not. A rate of zero or
 * less passes nothing.
 */
final class Bandwidth implements Effect {
  private static final long PIECE_MILLIS = 100;
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final long bytesPerMilli;
  private long carriedNanos;
  private int piece;
  private boolean ripe;
  private long dueNanos;

  Bandwidth(long kilobytesPerSecond) {
    bytesPerMilli = Math.max(0, Math.min(kilobytesPerSecond, Integer.MAX_VALUE));
  }

  @Override
  public long run(Stage stage, long nowNanos) {
    Chunk head;
    while ((head = stage.head()) != null) {
      if (head.isData() && !ripe) {
        if (bytesPerMilli == 0) {
          return NEVER;
        }
        if (piece == 0) {
          piece = (int) Math.min(head.length(), bytesPerMilli * PIECE_MILLIS);
          dueNanos = nowNanos + carriedNanos + piece * NANOS_PER_MILLI / bytesPerMilli;
        }
        if (dueNanos - nowNanos > 0) {
          return dueNanos - nowNanos;
        }
        carriedNanos = dueNanos - nowNanos;
        ripe = true;
      }
      if (!stage.canPass()) {
        return NEVER;
      }
      passRipe(stage, head);
    }
    return NEVER;
  }

  private void passRipe(Stage stage, Chunk head) {
    if (head.isData()) {
      stage.passFirst(piece);
    } else {
      stage.pass();
    }
    piece = 0;
    ripe = false;
  }
}
