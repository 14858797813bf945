package dev.drillbook.proxy;

import dev.drillbook.proxy.Chunk.Kind;
import java.util.concurrent.TimeUnit;

/**
 * Resets the connection, on both sides, some time after the first data came or the direction ended;
 * that data is lost. Taking the toxic away in between resets at once.
 */
final class ResetPeer implements Effect {
  private final long timeoutNanos;
  private boolean triggered;
  private long dueNanos;

  ResetPeer(long timeoutMillis) {
    timeoutNanos = Effect.nanos(timeoutMillis, TimeUnit.MILLISECONDS);
  }

  @Override
  public long run(Stage stage, long nowNanos) {
    if (stage.head() == null) {
      return NEVER;
    }
    if (!triggered) {
      triggered = true;
      dueNanos = nowNanos + timeoutNanos;
    }
    if (dueNanos - nowNanos > 0) {
      return dueNanos - nowNanos;
    }
    stage.finish(Kind.RESET);
    return NEVER;
  }

  @Override
  public void removed(Stage stage) {
    if (triggered) {
      stage.finish(Kind.RESET);
    }
  }
}
