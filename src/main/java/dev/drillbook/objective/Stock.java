package dev.drillbook.objective;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * The newest complete point of each of several policies. Older ones of the same policy never
 * matter: they hold an older state, and are gone no later.
 */
final class Stock {
  private final Point[] newest;

  Stock(int policies) {
    newest = new Point[policies];
  }

  void put(int policy, Point point) {
    newest[policy] = point;
  }

  /** Whether every policy has had its first point. */
  boolean isFull() {
    return Arrays.stream(newest).allMatch(Objects::nonNull);
  }

  /** The newest that can be restored at {@code instant}; empty where none can. */
  Optional<Point> newestKeptAt(long instant) {
    Point found = null;
    for (Point point : newest) {
      if (point != null
          && point.keptUntil() >= instant
          && (found == null || point.taken() > found.taken())) {
        found = point;
      }
    }
    return Optional.ofNullable(found);
  }

  /** The one that goes last of those taken at {@code instant} or later. */
  Optional<Point> lastToGoSince(long instant) {
    Point found = null;
    for (Point point : newest) {
      if (point != null
          && point.taken() >= instant
          && (found == null || point.keptUntil() > found.keptUntil())) {
        found = point;
      }
    }
    return Optional.ofNullable(found);
  }
}
