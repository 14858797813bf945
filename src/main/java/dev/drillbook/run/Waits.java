package dev.drillbook.run;

import dev.drillbook.timeline.DrillException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Waits for something that a running drill brings about. */
final class Waits {
  private static final long POLL_MILLIS = 5;

  private Waits() {}

  /** Polls until {@code condition} gives a value; empty if it gave none within {@code limit}. */
  static <T> Optional<T> until(Duration limit, Supplier<Optional<T>> condition) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (true) {
      Optional<T> value = condition.get();
      if (value.isPresent() || System.nanoTime() > deadline) {
        return value;
      }
      sleep(POLL_MILLIS);
    }
  }

  static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DrillException("the drill was interrupted", "run it again", e);
    }
  }
}
