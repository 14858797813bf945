package dev.drillbook.objective;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

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
    return points()
        .filter(point -> point.keptUntil() >= instant)
        .max(Comparator.comparingLong(Point::taken));
  }

  /** The one that goes last of those taken at {@code instant} or later. */
  Optional<Point> lastToGoSince(long instant) {
    return points()
        .filter(point -> point.taken() >= instant)
        .max(Comparator.comparingLong(Point::keptUntil));
  }

  private Stream<Point> points() {
    return Arrays.stream(newest).filter(Objects::nonNull);
  }
}
