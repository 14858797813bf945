package dev.drillbook.snapshot;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Tells at regular intervals, until it is closed, that something still goes on. */
final class Heartbeat {
  private final CountDownLatch ended = new CountDownLatch(1);

  Heartbeat(ReadProgress progress, Duration every, TableShape table) {
    long startedNanos = System.nanoTime();
    Thread thread =
        new Thread(
            () -> {
              try {
                while (!ended.await(every.toNanos(), TimeUnit.NANOSECONDS)) {
                  Duration since = Duration.ofNanos(System.nanoTime() - startedNanos);
                  progress.reading(table.name(), table.bytes(), since);
                }
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "drillbook-heartbeat");
    thread.setDaemon(true);
    thread.start();
  }

  void close() {
    ended.countDown();
  }
}
