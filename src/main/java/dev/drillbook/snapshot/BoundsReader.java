package dev.drillbook.snapshot;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Cuts the key of a table into ranges of about the same number of rows. The bounds come from a
 * sample that the server sorts, so that any type of key will do: a few rows each of many blocks,
 * since the rows of one block often have neighbouring keys.
 */
final class BoundsReader {
  private static final int ROWS_A_LEAF = 10;
  private static final int BLOCKS_A_LEAF = 4;

  private BoundsReader() {}

  /**
   * The first key of each range but the first.
   *
   * @param rows how many the table holds
   */
  static List<List<String>> read(Connection connection, TableShape shape, long rows)
      throws SQLException {
    int leaves = Nodes.leavesOf(rows);
    if (leaves == 1) {
      return List.of();
    }
    double part =
        shape.blocks() == 0 ? 1 : Math.min(1, BLOCKS_A_LEAF * leaves / (double) shape.blocks());
    long oneIn = Math.max(1, Math.round(rows * part / (leaves * (double) ROWS_A_LEAF)));
    String order = shape.key().stream().map(Column::value).collect(Collectors.joining(", "));
    String query =
        String.format(
            Locale.ROOT,
            "select %s from %s tablesample system (%f) repeatable (1) where %s %% %d = 0 order by %s",
            RangeReader.texts(shape.key()),
            shape.source(),
            100 * part,
            RowHash.ofKey(shape.key()),
            oneIn,
            order);
    List<List<String>> sample = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet keys = statement.executeQuery(query)) {
      while (keys.next()) {
        sample.add(RangeReader.values(keys, 1, shape.key().size()));
      }
    }
    return everyOther(sample, leaves);
  }

  /** {@code leaves - 1} of the sample at equal distances; all of it where it is smaller. */
  static List<List<String>> everyOther(List<List<String>> sample, int leaves) {
    int cuts = Math.min(leaves - 1, sample.size());
    List<List<String>> bounds = new ArrayList<>();
    for (int i = 0; i < cuts; i++) {
      bounds.add(sample.get((int) ((i + 1L) * sample.size() / (cuts + 1L))));
    }
    return bounds;
  }
}
