package dev.drillbook.proxy;

import dev.drillbook.proxy.Chunk.Kind;
import java.util.concurrent.TimeUnit;

/**
 * Loses all data, and cuts the connection when none has come for a time; for a time of zero, never.
 * Taking the toxic away cuts it too, as bytes are missing from what it carries.
 */
final class Timeout implements Effect {
  private final long timeoutNanos;
  private long quietSinceNanos;

  Timeout(long timeoutMillis, long nowNanos) {
    timeoutNanos = Effect.nanos(timeoutMillis, TimeUnit.MILLISECONDS);
    quietSinceNanos = nowNanos;
  }

  @Override
  public long run(Stage stage, long nowNanos) {
    while (stage.head() != null) {
      if (stage.head().isData()) {
        stage.drop();
        quietSinceNanos = nowNanos;
      } else {
        stage.pass();
      }
    }
    if (timeoutNanos <= 0) {
      return NEVER;
    }
    long left = quietSinceNanos + timeoutNanos - nowNanos;
    if (left <= 0) {
      stage.finish(Kind.CUT);
      return NEVER;
    }
    return left;
  }

  @Override
  public void removed(Stage stage) {
    stage.finish(Kind.CUT);
  }
}
