package dev.drillbook.snapshot;

import dev.drillbook.snapshot.Original.Leaves;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the rows in which a table differs from its original. A range whose fingerprints differ is
 * cut into eight, and so on down to the leaves: O(log n) queries a difference, over ranges that
 * shrink by the factor each time.
 *
 * <p>The parts of a range are looked at a few at a time, and no further once what they differ by
 * accounts for all that the range differs by.
 */
final class Bisection {
  private static final int FAN_OUT = 8;

  private final Original original;
  private final RangeReader other;
  private final int limit;
  private final List<RowDifference> found = new ArrayList<>();

  private Bisection(Original original, RangeReader other, int limit) {
    this.original = original;
    this.other = other;
    this.limit = limit;
  }

  /**
   * Searches the whole table.
   *
   * @param difference what the table's fingerprint has more than its original's; not zero
   * @param limit how many rows to find at most
   */
  static List<RowDifference> search(
      Original original, RangeReader other, Fingerprint difference, int limit) throws SQLException {
    Bisection bisection = new Bisection(original, other, limit);
    bisection.search(new Leaves(0, original.bounds().size() + 1), difference);
    return bisection.found;
  }

  private void search(Leaves run, Fingerprint difference) throws SQLException {
    if (run.count() == 1) {
      found.addAll(original.differences(run.from(), other, limit - found.size()));
      return;
    }
    List<Leaves> parts = parts(run);
    Fingerprint unexplained = difference;
    int together = Readers.wanted();
    for (int i = 0; i < parts.size() && !isNothing(unexplained); i += together) {
      List<Leaves> batch = parts.subList(i, Math.min(parts.size(), i + together));
      List<Fingerprint> expected = original.fingerprints(batch);
      List<Fingerprint> actual = other.fingerprints(ranges(batch));
      for (int j = 0; j < batch.size() && found.size() < limit; j++) {
        Fingerprint delta = actual.get(j).minus(expected.get(j));
        unexplained = unexplained.minus(delta);
        if (!isNothing(delta)) {
          search(batch.get(j), delta);
        }
      }
      if (found.size() >= limit) {
        return;
      }
    }
  }

  private List<KeyRange> ranges(List<Leaves> runs) {
    return runs.stream().map(run -> run.range(original.bounds())).toList();
  }

  static List<Leaves> parts(Leaves run) {
    List<Leaves> parts = new ArrayList<>();
    int count = Math.min(FAN_OUT, run.count());
    for (int i = 0; i < count; i++) {
      int from = run.from() + (int) ((long) run.count() * i / count);
      int to = run.from() + (int) ((long) run.count() * (i + 1) / count);
      parts.add(new Leaves(from, to));
    }
    return parts;
  }

  private static boolean isNothing(Fingerprint difference) {
    return difference.equals(Fingerprint.OF_NOTHING);
  }
}
