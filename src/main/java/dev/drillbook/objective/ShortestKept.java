package dev.drillbook.objective;

import java.time.Duration;
import java.util.Optional;

/**
 * For how long, at the least, the state of any moment stays within reach: over all moments x, the
 * shortest time from x until the last point goes that was there at x and was not older than {@code
 * window} then.
 *
 * <p>Just before an arrival that time is a limit that is approached and not reached; so a state is
 * within reach up to and including it.
 */
final class ShortestKept implements Arrivals.Inspector {
  private final long window;
  private long shortest = Long.MAX_VALUE;

  ShortestKept(Duration window) {
    this.window = window.toNanos();
  }

  @Override
  public void before(Point arriving, Stock stock) {
    long now = arriving.complete();
    long left = stock.lastToGoSince(now - window).map(p -> p.keptUntil() - now).orElse(-1L);
    shortest = Math.min(shortest, left);
  }

  /** Empty where at some moment there was no such point, or it was gone already. */
  Optional<Duration> duration() {
    return shortest < 0 ? Optional.empty() : Optional.of(Duration.ofNanos(shortest));
  }
}
