package dev.drillbook.snapshot;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Finds the rows of an earlier state that are changed or missing in a later one. */
@FunctionalInterface
public interface UndoneRows {
  /** Knows no more than the images say. */
  UndoneRows UNKNOWN = (before, now, limit) -> Optional.empty();

  /**
   * The rows of {@code before} that are changed or missing in {@code now}; rows that came in
   * between are none. A few of them are told to the cell.
   *
   * @param limit how many at most
   * @return empty where rows cannot be told apart, for want of a key that both have
   */
  Optional<List<RowDifference>> find(TableImage before, TableImage now, int limit)
      throws SQLException;
}
