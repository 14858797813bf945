package dev.drillbook.proxy;

import java.util.PriorityQueue;

/** What is to happen when, on one event loop. Times are of {@link System#nanoTime}. */
final class Timers {
  private final PriorityQueue<Timer> byTime =
      new PriorityQueue<>((a, b) -> Long.signum(a.dueNanos - b.dueNanos));

  /** One thing to do once. */
  static final class Timer {
    private final long dueNanos;
    private Runnable task;

    private Timer(long dueNanos, Runnable task) {
      this.dueNanos = dueNanos;
      this.task = task;
    }

    long dueNanos() {
      return dueNanos;
    }
  }

  Timer at(long dueNanos, Runnable task) {
    Timer timer = new Timer(dueNanos, task);
    byTime.add(timer);
    return timer;
  }

  void cancel(Timer timer) {
    timer.task = null;
    byTime.remove(timer);
  }

  boolean isEmpty() {
    return byTime.isEmpty();
  }

  /** How long until the next is due, zero or less where it is; there must be one. */
  long untilNextNanos(long nowNanos) {
    return byTime.element().dueNanos - nowNanos;
  }

  /** Does what is due. */
  void fire(long nowNanos) {
    while (!byTime.isEmpty() && untilNextNanos(nowNanos) <= 0) {
      Runnable task = byTime.remove().task;
      if (task != null) {
        task.run();
      }
    }
  }
}
