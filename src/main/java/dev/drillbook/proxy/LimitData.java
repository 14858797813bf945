package dev.drillbook.proxy;

import dev.drillbook.proxy.Chunk.Kind;

/**
 * Cuts the connection once so many bytes have passed. What passed before a change of the limit
 * counts too, and a limit that is lower than that takes effect with the next data.
 */
final class LimitData implements Effect {
  private final long limitBytes;

  LimitData(long limitBytes) {
    this.limitBytes = limitBytes;
  }

  @Override
  public long run(Stage stage, long nowNanos) {
    while (stage.head() != null && stage.canPass()) {
      if (!stage.head().isData()) {
        stage.pass();
        continue;
      }
      long left = Math.max(0, limitBytes - stage.passedBytes());
      stage.passFirst((int) Math.min(left, stage.head().length()));
      if (stage.passedBytes() >= limitBytes) {
        stage.finish(Kind.CUT);
        return NEVER;
      }
    }
    return NEVER;
  }
}
