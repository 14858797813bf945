package dev.drillbook.verification;

import dev.drillbook.site.Postgres;
import dev.drillbook.timeline.DrillException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A database as it was when the snapshot was opened, however much is written afterwards. Opening
 * costs one query; the reading can wait until nobody's outage depends on it.
 *
 * <p>It is a REPEATABLE READ transaction, whose snapshot PostgreSQL takes at its first statement
 * and keeps to its end. A server that is stopped ends it.
 */
public final class DatabaseSnapshot implements AutoCloseable {

  /**
   * Above this, rows are not hashed one by one: telling which rows differ must not cost more memory
   * than the database.
   */
  private static final long MAX_HASHED_ROWS = 100_000;

  /**
   * The text of a row is exact (1.0 is not 1.00, NULL is not the empty string) under fixed
   * settings; two seeds make 128 bits of hash; a sum does not depend on the order of the rows and,
   * unlike XOR, sees a row that stands twice. {@code t.*} is the whole row also where a column is
   * named t.
   */
  private static final String FINGERPRINT =
      "select count(*), coalesce(sum(hashtextextended((t.*)::text, 0)::numeric), 0) || ':'"
          + " || coalesce(sum(hashtextextended((t.*)::text, 4711)::numeric), 0) from %s t";

  private static final String FIXED_SETTINGS =
      "set local timezone = 'UTC'; set local datestyle = 'ISO, YMD'; set local intervalstyle = 'postgres';"
          + " set local bytea_output = 'hex'; set local extra_float_digits = 1;"
          + " set local lock_timeout = '60s'; set local search_path = public";

  private final Connection connection;
  private SchemaImage schema;

  private DatabaseSnapshot(Connection connection) {
    this.connection = connection;
  }

  /**
   * Opens a snapshot of the database as it is now.
   *
   * @throws DrillException if the database does not answer
   */
  public static DatabaseSnapshot open(Postgres database) {
    try {
      Connection connection = database.connect();
      try {
        connection.setAutoCommit(false);
        connection.setReadOnly(true);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        try (Statement statement = connection.createStatement()) {
          statement.execute(FIXED_SETTINGS);
          statement.execute("select 1 from pg_catalog.pg_class limit 1");
        }
        return new DatabaseSnapshot(connection);
      } catch (SQLException e) {
        connection.close();
        throw e;
      }
    } catch (SQLException e) {
      throw new DrillException(
          "no snapshot of " + database.name() + " could be opened: " + e.getMessage(),
          "is the server up, and may the application's role log in?",
          e);
    }
  }

  /** Reads every ordinary table outside the system's own schemas. */
  public DatabaseImage read() throws SQLException {
    SortedMap<String, TableImage> tables = new TreeMap<>();
    for (String table : tables()) {
      tables.put(table, read(table));
    }
    return new DatabaseImage(tables, schema());
  }

  /**
   * The catalogue, read once. Sequences do not obey snapshots: what they are at is what they are at
   * when this is called first.
   */
  public SchemaImage schema() throws SQLException {
    if (schema == null) {
      schema = CatalogueReader.read(connection);
    }
    return schema;
  }

  /**
   * How large the database is on disk, indexes included (pg_database_size). That is of now: files
   * do not obey snapshots.
   */
  public long databaseBytes() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return Sql.number(statement, "select pg_database_size(current_database())");
    }
  }

  /**
   * Whether it holds exactly the rows of {@code expected}. Cheap where it does not: rows are
   * counted first, and read only where all counts are equal.
   *
   * @throws SQLException also if that takes longer than {@code limit}
   */
  public boolean holds(DatabaseImage expected, Duration limit) throws SQLException {
    long deadline = System.nanoTime() + limit.toNanos();
    if (!tables().equals(List.copyOf(expected.tables().keySet()))) {
      return false;
    }
    try (Statement statement = connection.createStatement()) {
      for (TableImage table : expected.tables().values()) {
        limit(statement, deadline);
        if (Sql.number(statement, "select count(*) from " + table.table()) != table.rows()) {
          return false;
        }
      }
      for (TableImage table : expected.tables().values()) {
        limit(statement, deadline);
        try (ResultSet row = statement.executeQuery(FINGERPRINT.formatted(table.table()))) {
          row.next();
          if (!row.getString(2).equals(table.fingerprint())) {
            return false;
          }
        }
      }
    }
    return true;
  }

  /** Limits the next statement to what is left; 0 would be no limit. */
  private static void limit(Statement statement, long deadlineNanos) throws SQLException {
    long leftMillis = Math.max(1, (deadlineNanos - System.nanoTime()) / 1_000_000);
    statement.execute("set local statement_timeout = " + leftMillis);
  }

  /** Whether its session still lives; a server that was stopped has ended it. */
  public boolean lives() {
    try {
      return connection.isValid(1);
    } catch (SQLException e) {
      return false;
    }
  }

  private List<String> tables() throws SQLException {
    List<String> names = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select case n.nspname when 'public' then quote_ident(c.relname)"
                    + " else quote_ident(n.nspname) || '.' || quote_ident(c.relname) end"
                    + " from pg_class c join pg_namespace n on n.oid = c.relnamespace"
                    + " where c.relkind in ('r', 'p') and not c.relispartition and n.nspname !~ '^pg_'"
                    + " and n.nspname <> 'information_schema' order by 1")) {
      while (rows.next()) {
        names.add(rows.getString(1));
      }
    }
    return names;
  }

  private TableImage read(String table) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      long count;
      String fingerprint;
      try (ResultSet row = statement.executeQuery(FINGERPRINT.formatted(table))) {
        row.next();
        count = row.getLong(1);
        fingerprint = row.getString(2);
      }
      Map<String, Long> hashes = count <= MAX_HASHED_ROWS ? rowHashes(statement, table) : Map.of();
      return new TableImage(table, count, fingerprint, hashes);
    }
  }

  private static Map<String, Long> rowHashes(Statement statement, String table)
      throws SQLException {
    String key;
    try (ResultSet row =
        statement.executeQuery(
            "select string_agg('t.' || quote_ident(a.attname), ',' order by array_position(i.indkey::int2[], a.attnum))"
                + " from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any(i.indkey)"
                + " where i.indisprimary and i.indrelid = '"
                + table.replace("'", "''")
                + "'::regclass")) {
      row.next();
      key = row.getString(1);
    }
    if (key == null) {
      return Map.of();
    }
    Map<String, Long> hashes = new HashMap<>();
    try (ResultSet rows =
        statement.executeQuery(
            "select row("
                + key
                + ")::text, hashtextextended((t.*)::text, 0) from "
                + table
                + " t")) {
      while (rows.next()) {
        hashes.put(rows.getString(1), rows.getLong(2));
      }
    }
    return hashes;
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException ignored) {
      // The server that held the snapshot is gone, and the snapshot with it.
    }
  }
}
