package dev.drillbook.proxy;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * Cuts data into pieces of an average size, give or take the variation, each written by itself and
 * followed by a delay. No piece is empty, whatever the settings.
 */
final class Slicer implements Effect {
  private final long averageSize;
  private final long sizeVariation;
  private final long delayNanos;
  private final SplittableRandom random;
  private boolean pausing;
  private long pauseEndsNanos;

  Slicer(long averageSize, long sizeVariation, long delayMicros, SplittableRandom random) {
    this.averageSize = averageSize;
    this.sizeVariation = Math.min(sizeVariation, Integer.MAX_VALUE);
    this.delayNanos = Effect.nanos(delayMicros, TimeUnit.MICROSECONDS);
    this.random = random;
  }

  @Override
  public long run(Stage stage, long nowNanos) {
    while (stage.head() != null && stage.canPass()) {
      if (pausing && pauseEndsNanos - nowNanos > 0) {
        return pauseEndsNanos - nowNanos;
      }
      if (stage.head().isData()) {
        stage.passFirst(pieceOf(stage.head().length()));
        pausing = true;
        pauseEndsNanos = nowNanos + delayNanos;
      } else {
        stage.pass();
      }
    }
    return NEVER;
  }

  private int pieceOf(int length) {
    long size = averageSize;
    if (sizeVariation > 0) {
      size += random.nextLong(-sizeVariation, sizeVariation + 1);
    }
    return (int) Math.max(1, Math.min(size, length));
  }
}
