package dev.drillbook.proxy;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * Delays data by a time, give or take the jitter, without changing its order. The delay counts from
 * when the data came, so it costs no throughput until {@value #CAPACITY} chunks are under way.
 */
final class Latency implements Effect {
  private static final int CAPACITY = 1024;

  private final long latencyMillis;
  private final long jitterMillis;
  private final SplittableRandom random;
  private Chunk awaited;
  private long dueNanos;

  Latency(long latencyMillis, long jitterMillis, SplittableRandom random) {
    this.latencyMillis = latencyMillis;
    this.jitterMillis = Math.min(jitterMillis, Integer.MAX_VALUE);
    this.random = random;
  }

  @Override
  public int capacity() {
    return CAPACITY;
  }

  @Override
  public long run(Stage stage, long nowNanos) {
    Chunk head;
    while ((head = stage.head()) != null && stage.canPass()) {
      if (head.isData()) {
        if (head != awaited) {
          awaited = head;
          dueNanos = head.sinceNanos() + delayNanos();
        }
        if (dueNanos - nowNanos > 0) {
          return dueNanos - nowNanos;
        }
        head.delayedTo(dueNanos);
      }
      stage.pass();
    }
    return NEVER;
  }

  private long delayNanos() {
    long millis = latencyMillis;
    if (jitterMillis > 0) {
      millis += random.nextLong(-jitterMillis, jitterMillis);
    }
    return Effect.nanos(millis, TimeUnit.MILLISECONDS);
  }
}
