package dev.drillbook.fault;

import java.util.Optional;

/** A thread that goes on until the fault that it belongs to is healed. */
final class Background {
  private final Thread thread;
  private volatile String failure;

  /** What it does; an interrupt ends it. */
  interface Work {
    void go() throws InterruptedException;
  }

  Background(String name, Work work) {
    thread =
        new Thread(
            () -> {
              try {
                work.go();
              } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
              } catch (RuntimeException e) {
                failure = String.valueOf(e.getMessage());
              }
            },
            name);
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** Why it went on no more before it was ended. */
  Optional<String> failure() {
    return Optional.ofNullable(failure);
  }

  /** Returns once it has ended, whoever interrupts the caller meanwhile. */
  void end() {
    thread.interrupt();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
