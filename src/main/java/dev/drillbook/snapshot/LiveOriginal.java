package dev.drillbook.snapshot;

import dev.drillbook.snapshot.RowDifference.Cell;
import dev.drillbook.snapshot.RowDifference.Kind;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An original that can still be read. */
final class LiveOriginal implements Original {
  /** To tell a row to the cell takes two queries. */
  private static final int TOLD_TO_THE_CELL = 5;

  private final RangeReader table;
  private final List<List<String>> bounds;
  private final boolean newRowsCount;
  private int cellsToTell;

  private LiveOriginal(
      RangeReader table, List<List<String>> bounds, boolean newRowsCount, int cellsToTell) {
    this.table = table;
    this.bounds = bounds;
    this.newRowsCount = newRowsCount;
    this.cellsToTell = cellsToTell;
  }

  static LiveOriginal of(RangeReader table, List<List<String>> bounds) {
    return new LiveOriginal(table, bounds, true, Integer.MAX_VALUE);
  }

  /** For differences that are counted rather than shown: most are told without their cells. */
  static LiveOriginal regardlessOfNewRows(RangeReader table, List<List<String>> bounds) {
    return new LiveOriginal(table, bounds, false, TOLD_TO_THE_CELL);
  }

  @Override
  public List<List<String>> bounds() {
    return bounds;
  }

  @Override
  public List<Fingerprint> fingerprints(List<Leaves> runs) throws SQLException {
    return table.fingerprints(runs.stream().map(run -> run.range(bounds)).toList());
  }

  /** A leaf's rows are held by key and hash on one side only; the other's stream past. */
  @Override
  public List<RowDifference> differences(int leaf, RangeReader other, int limit)
      throws SQLException {
    KeyRange range = Nodes.range(bounds, leaf, leaf + 1);
    Map<List<String>, Long> expected = new HashMap<>();
    table.visit(range, row -> expected.put(row.key(), row.hash()));
    List<List<String>> changed = new ArrayList<>();
    List<List<String>> extra = new ArrayList<>();
    other.visit(
        range,
        row -> {
          Long hash = expected.remove(row.key());
          if (hash == null) {
            extra.add(row.key());
          } else if (hash != row.hash()) {
            changed.add(row.key());
          }
        });
    List<RowDifference> differences = new ArrayList<>();
    for (List<String> key : changed.subList(0, Math.min(limit, changed.size()))) {
      List<Cell> cells =
          cellsToTell-- > 0 ? KeptRows.cells(names(), table.row(key), other.row(key)) : List.of();
      differences.add(new RowDifference(Kind.CHANGED, RowDifference.key(key), cells));
    }
    expected.keySet().forEach(key -> differences.add(rowOnly(Kind.MISSING, key)));
    if (newRowsCount) {
      extra.forEach(key -> differences.add(rowOnly(Kind.EXTRA, key)));
    }
    return differences.subList(0, Math.min(limit, differences.size()));
  }

  private List<String> names() {
    return table.shape().columns().stream().map(Column::name).toList();
  }

  private static RowDifference rowOnly(Kind kind, List<String> key) {
    return new RowDifference(kind, RowDifference.key(key), List.of());
  }
}
