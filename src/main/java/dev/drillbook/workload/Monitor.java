package dev.drillbook.workload;

import dev.drillbook.timeline.DrillClock;
import dev.drillbook.timeline.Tick;
import java.time.Duration;

/**
 * A team's own look at its system, taken again and again, for damage that no client's request fails
 * of: wrong data, a cold cache, a missing file. The next look begins when the one before has ended,
 * but not sooner than the interval after that one began.
 */
public final class Monitor implements AutoCloseable {
  private static final Duration END_WITHIN = Duration.ofSeconds(10);

  /** One look; it throws if all is not well. */
  public interface Look {
    void take() throws Exception;
  }

  private final DrillClock clock;
  private final Look look;
  private final Duration interval;
  private final ProbeLog log = new ProbeLog();
  private final Thread thread = new Thread(this::watch, "drillbook-monitor");
  private volatile boolean stopped;

  public Monitor(DrillClock clock, Look look, Duration interval) {
    this.clock = clock;
    this.look = look;
    this.interval = interval;
    thread.setDaemon(true);
  }

  public void start() {
    thread.start();
  }

  /** Every look so far. */
  public ProbeLog log() {
    return log;
  }

  private void watch() {
    for (long sequence = 0; !stopped; sequence++) {
      Tick due = clock.now();
      String error = takeOne();
      if (stopped) {
        return;
      }
      log.add(new ProbeResult(sequence, due, clock.now(), error.isEmpty(), error));
      try {
        Duration left = interval.minus(clock.now().since(due));
        if (!left.isNegative()) {
          Thread.sleep(left.toMillis());
        }
      } catch (InterruptedException end) {
        return;
      }
    }
  }

  /** What is not well; empty where all is. */
  private String takeOne() {
    try {
      look.take();
      return "";
    } catch (InterruptedException end) {
      stopped = true;
      return "interrupted";
    } catch (Exception | AssertionError | LinkageError unwell) {
      return unwell.getMessage() == null ? unwell.toString() : unwell.getMessage();
    }
  }

  /** Takes no further look; one under way is interrupted, and waited for at most 10 s. */
  @Override
  public void close() {
    stopped = true;
    thread.interrupt();
    try {
      thread.join(END_WITHIN.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
