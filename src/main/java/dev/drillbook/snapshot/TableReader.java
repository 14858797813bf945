package dev.drillbook.snapshot;

import java.math.BigInteger;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * Takes the fingerprint of whole tables, in one query each, so that the server can use its parallel
 * workers and reads past its cache instead of through it.
 */
final class TableReader {
  private final Connection connection;
  private final ReadProgress progress;
  private final Duration every;

  TableReader(Connection connection, ReadProgress progress, Duration every) {
    this.connection = connection;
    this.progress = progress;
    this.every = every;
  }

  static String query(TableShape shape) {
    return "select count(*), coalesce(sum("
        + RowHash.of(shape.columns())
        + "), 0) from "
        + shape.source();
  }

  Fingerprint fingerprint(TableShape shape) throws SQLException {
    Heartbeat heartbeat = new Heartbeat(progress, every, shape);
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query(shape))) {
      row.next();
      return fingerprint(row);
    } finally {
      heartbeat.close();
    }
  }

  /** Of a row that holds a count and a sum. */
  static Fingerprint fingerprint(ResultSet row) throws SQLException {
    return new Fingerprint(row.getLong(1), new BigInteger(row.getString(2)));
  }
}
