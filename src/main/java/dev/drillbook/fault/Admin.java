package dev.drillbook.fault;

import dev.drillbook.site.Postgres;
import dev.drillbook.timeline.DrillException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * What faults ask of a database as its administrator, whom no permission and no trigger stops.
 * Nothing is kept half-done: it is all one transaction.
 */
final class Admin {
  private static final String DEADLOCK = "40P01";
  private static final int MOST_ATTEMPTS = 10;

  private Admin() {}

  interface Work<T> {
    T on(Connection connection) throws SQLException;
  }

  /**
   * Does it in one transaction of the plan's database, whose text forms are the same on every
   * machine. Where clients who hold locks in another order get into its way, it is done again.
   *
   * @throws DrillException if the server refuses; nothing was changed then
   */
  static <T> T in(Postgres target, String doing, Work<T> work) {
    for (int attempt = 1; ; attempt++) {
      try {
        return once(target, work);
      } catch (SQLException e) {
        if (!DEADLOCK.equals(e.getSQLState()) || attempt == MOST_ATTEMPTS) {
          throw new DrillException(
              target.name() + ": could not " + doing + ": " + e.getMessage(),
              "does it run, and is there such a table, column or role?",
              e);
        }
      }
    }
  }

  private static <T> T once(Postgres target, Work<T> work) throws SQLException {
    try (Connection connection = target.administer(target.database())) {
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        statement.execute("set local timezone = 'UTC'");
        statement.execute("set local datestyle = 'ISO'");
        statement.execute("set local bytea_output = 'hex'");
      }
      T result = work.on(connection);
      connection.commit();
      return result;
    }
  }

  static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Lets others read a table, and write to it when this transaction has ended. */
  static void keepWritersOut(Connection connection, String table) throws SQLException {
    execute(connection, "lock table " + table + " in share row exclusive mode");
  }

  /** A single number; a NULL is 0. */
  static long number(Connection connection, String sql, Object... parameters) throws SQLException {
    try (PreparedStatement statement = prepare(connection, sql, parameters);
        ResultSet row = statement.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }

  /** The first column of all rows. */
  static List<String> texts(Connection connection, String sql, Object... parameters)
      throws SQLException {
    try (PreparedStatement statement = prepare(connection, sql, parameters);
        ResultSet rows = statement.executeQuery()) {
      List<String> texts = new ArrayList<>();
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
      return texts;
    }
  }

  private static PreparedStatement prepare(Connection connection, String sql, Object... parameters)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < parameters.length; i++) {
      statement.setObject(i + 1, parameters[i]);
    }
    return statement;
  }

  /** A table's name, as a plan has it, for SQL. */
  static String table(String name) {
    int dot = name.indexOf('.');
    return dot < 0
        ? quoted(name)
        : quoted(name.substring(0, dot)) + "." + quoted(name.substring(dot + 1));
  }

  static String quoted(String identifier) {
    return '"' + identifier.replace("\"", "\"\"") + '"';
  }
}
