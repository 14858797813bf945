package dev.drillbook.proxy;

import java.util.concurrent.TimeUnit;

/** Lets a direction end only some time after it has ended; data passes. */
final class SlowClose implements Effect {
  private final long delayNanos;
  private boolean ending;
  private long dueNanos;

  SlowClose(long delayMillis) {
    delayNanos = Effect.nanos(delayMillis, TimeUnit.MILLISECONDS);
  }

  @Override
  public long run(Stage stage, long nowNanos) {
    while (stage.head() != null && stage.canPass()) {
      if (!stage.head().isData()) {
        if (!ending) {
          ending = true;
          dueNanos = nowNanos + delayNanos;
        }
        if (dueNanos - nowNanos > 0) {
          return dueNanos - nowNanos;
        }
      }
      stage.pass();
    }
    return NEVER;
  }
}
