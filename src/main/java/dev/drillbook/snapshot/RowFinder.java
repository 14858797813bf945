package dev.drillbook.snapshot;

import java.sql.SQLException;
import java.util.List;

/** Finds the rows in which a table that was read differs from what it should be. */
@FunctionalInterface
public interface RowFinder {
  /** Knows no more than the rows that both images kept. */
  RowFinder AMONG_KEPT_ROWS =
      (expected, found, limit) ->
          expected.kept().isPresent() && found.kept().isPresent()
              ? KeptRows.differences(expected.kept().get(), found.kept().get()).stream()
                  .limit(limit)
                  .toList()
              : List.of();

  /**
   * The first differences, in the order of the key.
   *
   * @param limit how many at most
   * @return empty where nothing is known about single rows
   */
  List<RowDifference> differences(TableImage expected, TableImage found, int limit)
      throws SQLException;
}
