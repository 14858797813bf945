package dev.drillbook.snapshot;

import java.sql.Connection;
import java.sql.SQLException;

/** How every transaction that reads a snapshot is set up. */
final class ReadSettings {
  /**
   * Texts must be the same whoever reads them and wherever; nothing but the system's own functions
   * may answer; a row that a policy hides is an error and not one row less; nothing ends a
   * transaction that waits to be read; just-in-time compilation costs more than it gains here, and
   * other processes less than the planner thinks.
   */
  private static final String SET =
      "set local timezone = 'UTC'; set local datestyle = 'ISO, YMD'; set local intervalstyle = 'postgres';"
          + " set local bytea_output = 'hex'; set local extra_float_digits = 1; set local lc_monetary = 'C';"
          + " set local row_security = off; set local search_path = ''; set local jit = off;"
          + " set local lock_timeout = '60s'; set local statement_timeout = 0;"
          + " set local idle_in_transaction_session_timeout = 0;"
          + " set local parallel_setup_cost = 0; set local parallel_tuple_cost = 0;"
          + " set local max_parallel_workers_per_gather = ";

  private ReadSettings() {}

  /** The server's own process reads too. */
  static String set() {
    return SET + (Readers.wanted() - 1);
  }

  static void begin(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    connection.setReadOnly(true);
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
  }
}
