package dev.drillbook.proxy;

import java.util.concurrent.TimeUnit;

/** What one toxic does to one direction of one connection. It runs on the event loop. */
interface Effect {
  /** Nothing is due by itself; only more data or more room can bring it on. */
  long NEVER = Long.MAX_VALUE;

  /**
   * Passes what is due from the head of the stage's queue, as far as there is room.
   *
   * @return how long until something is due, in nanoseconds, or {@link #NEVER}
   */
  long run(Stage stage, long nowNanos);

  /** How many chunks may wait. */
  default int capacity() {
    return 1;
  }

  /** The time that an order means: none where it is negative, and at most a hundred days. */
  static long nanos(long ordered, TimeUnit unit) {
    return Math.min(Math.max(0, unit.toNanos(ordered)), TimeUnit.DAYS.toNanos(100));
  }

  /** The toxic is taken away; what this leaves in the queue is passed at once. */
  default void removed(Stage stage) {}
}
