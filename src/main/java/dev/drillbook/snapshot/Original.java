package dev.drillbook.snapshot;

import java.sql.SQLException;
import java.util.List;

/** The side of a comparison that is right: a live table, or what was kept of one. */
interface Original {

  /** The first key of each leaf but the first. */
  List<List<String>> bounds();

  /** The fingerprints of these runs of leaves. */
  List<Fingerprint> fingerprints(List<Leaves> runs) throws SQLException;

  /**
   * The rows in which a leaf of {@code other} differs from this one's, of the kinds that count.
   *
   * @param limit how many at most
   */
  List<RowDifference> differences(int leaf, RangeReader other, int limit) throws SQLException;

  /** Leaves {@code from} to before {@code to}. */
  record Leaves(int from, int to) {

    int count() {
      return to - from;
    }

    KeyRange range(List<List<String>> bounds) {
      return Nodes.range(bounds, from, to);
    }
  }
}
