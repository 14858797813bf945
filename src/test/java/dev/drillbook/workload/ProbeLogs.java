package dev.drillbook.workload;

import dev.drillbook.timeline.Tick;
import java.time.Duration;

/**
 * Writes probe logs by hand, one character for each probe: {@code +} succeeded, {@code -} failed,
 * {@code .} is not answered yet.
 */
public final class ProbeLogs {
  private ProbeLogs() {}

  public static ProbeLog every(Duration interval, Duration answeredAfter, String history) {
    ProbeLog log = new ProbeLog();
    for (int i = 0; i < history.length(); i++) {
      char mark = history.charAt(i);
      if (mark != '.') {
        boolean ok = mark == '+';
        Tick due = new Tick(interval.toNanos() * i);
        log.add(new ProbeResult(i, due, due.plus(answeredAfter), ok, ok ? "" : "failed"));
      }
    }
    return log;
  }
}
