package dev.drillbook.objective;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/** Remembers the first arrival before which the newest point that could be restored was oldest. */
final class WorstMoment implements Arrivals.Inspector {
  private Optional<Point> gone = Optional.empty();
  private Optional<Point> from = Optional.empty();
  private Optional<Point> next = Optional.empty();
  private long loss = -1;

  @Override
  public void before(Point arriving, Stock stock) {
    Optional<Point> newest = stock.newestKeptAt(arriving.complete());
    if (newest.isEmpty()) {
      gone = gone.or(() -> Optional.of(arriving));
      return;
    }
    long back = arriving.complete() - newest.get().taken();
    if (arriving.taken() > newest.get().taken() && back > loss) {
      loss = back;
      from = newest;
      next = Optional.of(arriving);
    }
  }

  WorstCase in(ZoneId zone) {
    if (gone.isPresent()) {
      return new WorstCase.Everything(instant(gone.get().complete()), zone);
    }
    Point ending = next.orElseThrow();
    return new WorstCase.Gap(
        instant(from.orElseThrow().taken()),
        instant(ending.taken()),
        Duration.ofNanos(ending.complete() - ending.taken()),
        zone);
  }

  private static Instant instant(long nanos) {
    return Instant.EPOCH.plusNanos(nanos);
  }
}
