package dev.drillbook.workload;

import java.time.Duration;

/** Lets writes through, or keeps new ones out and waits for those that are under way. */
final class Gate {
  private int within;
  private boolean closed;

  /** Whether it may be entered; who enters must leave. */
  synchronized boolean enter() {
    if (closed) {
      return false;
    }
    within++;
    return true;
  }

  synchronized void leave() {
    within--;
    notifyAll();
  }

  /** Returns whether all who were within have left in time; it stays closed either way. */
  synchronized boolean close(Duration patience) throws InterruptedException {
    closed = true;
    long deadline = System.nanoTime() + patience.toNanos();
    while (within > 0) {
      long left = (deadline - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        return false;
      }
      wait(left);
    }
    return true;
  }

  synchronized void open() {
    closed = false;
  }
}
