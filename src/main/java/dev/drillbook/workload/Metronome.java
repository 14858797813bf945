package dev.drillbook.workload;

import dev.drillbook.timeline.DrillClock;
import dev.drillbook.timeline.Tick;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * Calls at fixed due times, whatever became of the earlier calls (open loop). A call that falls
 * behind is made up for at once and keeps its own due time, so that a stall of this JVM shows in
 * the results and does not thin them out.
 */
final class Metronome {

  /** Something to do at each beat; must return at once. */
  interface Beat {
    void on(long sequence, Tick due);
  }

  private final Thread thread;
  private volatile boolean stopped;
  private volatile Throwable crash;

  Metronome(String name, DrillClock clock, Duration interval, Beat beat) {
    long intervalNanos = interval.toNanos();
    this.thread =
        new Thread(
            () -> {
              Tick start = clock.now();
              for (long sequence = 0; !stopped; sequence++) {
                Tick due = new Tick(start.nanos() + sequence * intervalNanos);
                for (long wait = due.nanos() - clock.now().nanos();
                    wait > 0 && !stopped;
                    wait = due.nanos() - clock.now().nanos()) {
                  LockSupport.parkNanos(wait);
                }
                if (!stopped) {
                  try {
                    beat.on(sequence, due);
                  } catch (RuntimeException | Error e) {
                    crash = e;
                    return;
                  }
                }
              }
            },
            name);
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** What the beat threw; it ends the beating. */
  Optional<Throwable> crash() {
    return Optional.ofNullable(crash);
  }

  /** Returns when no further beat can come. */
  void stop() {
    stopped = true;
    LockSupport.unpark(thread);
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
