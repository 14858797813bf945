package dev.drillbook.workload;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Takes what a store holds, row by row and in any order, so that nobody has to hold it all. */
@FunctionalInterface
public interface Contents {

  /**
   * Takes one row.
   *
   * @param value in the canonical text of {@link Operation#value()}
   */
  void row(String key, String value);

  /**
   * Takes what {@code query} gives, its first column as keys and its second as values. Rows come in
   * portions, for which the connection is put into a transaction; it is left there.
   */
  default void rows(Connection connection, String query) throws SQLException {
    // Without a transaction PostgreSQL's driver fetches everything at once.
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.setFetchSize(1_000);
      try (ResultSet rows = statement.executeQuery(query)) {
        while (rows.next()) {
          row(rows.getString(1), rows.getString(2));
        }
      }
    }
  }
}
