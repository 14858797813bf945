package dev.drillbook.snapshot;

import dev.drillbook.site.Postgres;
import dev.drillbook.timeline.DrillException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A database as it was when the snapshot was opened, however much is written afterwards. Opening
 * costs one query; the reading can wait until nobody's outage depends on it.
 *
 * <p>It is a REPEATABLE READ transaction, whose snapshot PostgreSQL takes at its first statement
 * and keeps to its end. A server that is stopped ends it. One thread at a time may use it.
 */
public final class DatabaseSnapshot implements RowFinder, AutoCloseable {
  private static final Duration HEARD_EVERY = Duration.ofSeconds(5);

  private final Connection connection;
  private final Opening opening;
  private final Readers readers;
  private final ReadProgress progress;
  private final Duration every;
  private Map<String, TableShape> shapes;
  private SchemaImage schema;

  private DatabaseSnapshot(
      Connector database,
      Connection connection,
      Opening opening,
      ReadProgress progress,
      Duration every) {
    this.connection = connection;
    this.opening = opening;
    this.readers = new Readers(database, connection);
    this.progress = progress;
    this.every = every;
  }

  /**
   * Opens a snapshot of the database as it is now.
   *
   * @throws DrillException if the database does not answer
   */
  public static DatabaseSnapshot open(Postgres database) {
    return open(database, ReadProgress.UNHEARD);
  }

  /** The same, for tables so long that somebody wants to hear that they are still being read. */
  public static DatabaseSnapshot open(Postgres database, ReadProgress progress) {
    return open(database, progress, HEARD_EVERY);
  }

  static DatabaseSnapshot open(Postgres database, ReadProgress progress, Duration every) {
    return open(database.name(), database::connect, progress, every);
  }

  /**
   * Opens a snapshot of any database.
   *
   * @param name what errors call it
   * @param database connects to it, more than once, as a role that may read every table
   */
  public static DatabaseSnapshot open(String name, Connector database) {
    return open(name, database, ReadProgress.UNHEARD, HEARD_EVERY);
  }

  private static DatabaseSnapshot open(
      String name, Connector database, ReadProgress progress, Duration every) {
    try {
      Connection connection = database.connect();
      try {
        ReadSettings.begin(connection);
        try (Statement statement = connection.createStatement()) {
          statement.execute(ReadSettings.set());
          Opening opening = Opening.note(statement);
          return new DatabaseSnapshot(database, connection, opening, progress, every);
        }
      } catch (SQLException e) {
        connection.close();
        throw e;
      }
    } catch (SQLException e) {
      throw new DrillException(
          "no snapshot of " + name + " could be opened: " + e.getMessage(),
          "is the server up, and may the role log in?",
          e);
    }
  }

  /**
   * Its identifier, by which another session of the same database can see the same, such as {@code
   * pg_dump --snapshot}: as long as this one is open (pg_export_snapshot).
   */
  public String export() throws SQLException {
    return readers.export();
  }

  /** The major version of the server, and how the database encodes text. */
  public Origin origin() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select current_setting('server_version_num')::int / 10000, getdatabaseencoding()::text")) {
      row.next();
      return new Origin(row.getInt(1), row.getString(2));
    }
  }

  /**
   * What the hashes of equal rows depend on.
   *
   * @param major the server's major version
   * @param encoding as PostgreSQL calls it, e.g. UTF8
   */
  public record Origin(int major, String encoding) {}

  /** Ends it from another thread, and with it whatever is being read. */
  public void abort() {
    try {
      connection.abort(Runnable::run);
    } catch (SQLException ignored) {
      // It has ended already.
    }
  }

  /**
   * Reads every ordinary table outside the system's own schemas: its fingerprint and, where it is
   * small, its rows.
   *
   * @throws SQLException also where row level security hides rows from the role
   */
  public DatabaseImage read() throws SQLException {
    return read(false, Set.of());
  }

  /** The same, but for some tables, of which the image says nothing. */
  public DatabaseImage readWithout(Set<String> tables) throws SQLException {
    return read(false, tables);
  }

  /** Counts the rows of the same tables, and reads nothing of them: their sums are zero. */
  public DatabaseImage count() throws SQLException {
    SortedMap<String, TableImage> tables = new TreeMap<>();
    try (Statement statement = connection.createStatement()) {
      for (TableShape shape : shapes().values()) {
        Fingerprint rows = read(statement, "select count(*), 0 from " + shape.source());
        tables.put(
            shape.name(), new TableImage(shape.name(), rows, Optional.empty(), Optional.empty()));
      }
    }
    return new DatabaseImage(tables, schema(), replaced());
  }

  /** The names of the tables that are read. */
  public Set<String> tables() throws SQLException {
    return shapes().keySet();
  }

  /** The same, and for large tables what it takes to find a row that differs later. */
  public DatabaseImage readAsOriginal() throws SQLException {
    return read(true, Set.of());
  }

  private DatabaseImage read(boolean original, Set<String> leftOut) throws SQLException {
    SortedMap<String, TableImage> tables = new TreeMap<>();
    Set<String> replaced = new TreeSet<>(replaced());
    for (TableShape shape : shapes().values()) {
      if (!leftOut.contains(shape.name())) {
        tables.put(
            shape.name(),
            replaced.contains(shape.name())
                ? new TableImage(
                    shape.name(), Fingerprint.OF_NOTHING, Optional.empty(), Optional.empty())
                : read(shape, original));
      }
    }
    replaced.addAll(replaced());
    replaced.removeAll(leftOut);
    return new DatabaseImage(tables, schema(), replaced);
  }

  private Set<String> replaced() throws SQLException {
    return opening.replaced(connection, List.copyOf(shapes().values()));
  }

  private TableImage read(TableShape shape, boolean original) throws SQLException {
    Fingerprint fingerprint = reader().fingerprint(shape);
    Optional<KeptRows> kept =
        KeptRowsReader.isSmall(shape) ? KeptRowsReader.read(connection, shape) : Optional.empty();
    Optional<Nodes> nodes =
        original && kept.isEmpty() && shape.hasRanges()
            ? Optional.of(nodes(shape, fingerprint.rows()))
            : Optional.empty();
    return new TableImage(shape.name(), fingerprint, kept, nodes);
  }

  /** The fingerprint of one table. */
  public Fingerprint fingerprint(String table) throws SQLException {
    return reader().fingerprint(shape(table));
  }

  private TableReader reader() {
    return new TableReader(connection, progress, every);
  }

  private Nodes nodes(TableShape shape, long rows) throws SQLException {
    List<List<String>> bounds = BoundsReader.read(connection, shape, rows);
    List<KeyRange> leaves = new ArrayList<>();
    for (int leaf = 0; leaf <= bounds.size(); leaf++) {
      leaves.add(Nodes.range(bounds, leaf, leaf + 1));
    }
    return new Nodes(shape.keyNames(), bounds, new RangeReader(readers, shape).sums(leaves));
  }

  /**
   * The rows in which this snapshot's table differs from what was kept of the original: told to the
   * cell where the table is small, else to the row or, where several rows close to each other
   * differ, to a range of keys.
   */
  @Override
  public List<RowDifference> differences(TableImage expected, TableImage found, int limit)
      throws SQLException {
    if (expected.nodes().isEmpty() || expected.fingerprint().equals(found.fingerprint())) {
      return AMONG_KEPT_ROWS.differences(expected, found, limit);
    }
    TableShape shape = shape(expected.table());
    if (!shape.hasRanges() || !shape.keyNames().equals(expected.nodes().get().key())) {
      return List.of();
    }
    return Bisection.search(
        new StoredOriginal(expected.nodes().get()),
        new RangeReader(readers, shape),
        found.fingerprint().minus(expected.fingerprint()),
        limit);
  }

  /**
   * The rows in which this snapshot's table differs from a live original, told to the cell.
   *
   * @param limit how many at most
   * @throws DrillException if the table has no key, or is not in both
   */
  public List<RowDifference> differences(DatabaseSnapshot original, String table, int limit)
      throws SQLException {
    TableShape expected = original.shape(table);
    TableShape actual = shape(table);
    if (!haveCommonRanges(expected, actual)) {
      throw new DrillException(
          "%s has the key %s in one database and %s in the other"
              .formatted(table, expected.keyNames(), actual.keyNames()),
          "single rows are told apart by a primary key, or a unique index without NULL, that both have");
    }
    Fingerprint before = original.fingerprint(table);
    Fingerprint difference = fingerprint(table).minus(before);
    if (difference.equals(Fingerprint.OF_NOTHING)) {
      return List.of();
    }
    List<List<String>> bounds = BoundsReader.read(original.connection, expected, before.rows());
    return Bisection.search(
        LiveOriginal.of(new RangeReader(original.readers, expected), bounds),
        new RangeReader(readers, actual),
        difference,
        limit);
  }

  private static boolean haveCommonRanges(TableShape one, TableShape other) {
    return one.hasRanges() && other.hasRanges() && one.keyNames().equals(other.keyNames());
  }

  /**
   * The rows of an earlier snapshot of the same database that are changed or missing in this one,
   * by the columns that both have.
   *
   * @param before the table as the earlier snapshot's image has it
   * @param now the table as this snapshot's image has it
   * @param limit how many at most
   * @return empty where the table has no key, or another one now
   */
  public Optional<List<RowDifference>> undone(
      DatabaseSnapshot earlier, TableImage before, TableImage now, int limit) throws SQLException {
    TableShape was = earlier.shape(before.table());
    TableShape is = shape(now.table());
    List<Column> shared = was.columnsSharedWith(is);
    if (!haveCommonRanges(was, is) || !shared.containsAll(was.key())) {
      return Optional.empty();
    }
    Fingerprint difference = now.fingerprint().minus(before.fingerprint());
    if (shared.size() < was.columns().size() || !was.columns().equals(is.columns())) {
      was = was.with(shared);
      is = is.with(shared.stream().map(is::like).toList());
      difference = reader().fingerprint(is).minus(earlier.reader().fingerprint(was));
    }
    if (difference.equals(Fingerprint.OF_NOTHING)) {
      return Optional.of(List.of());
    }
    List<List<String>> bounds = BoundsReader.read(earlier.connection, was, before.rows());
    return Optional.of(
        Bisection.search(
            LiveOriginal.regardlessOfNewRows(new RangeReader(earlier.readers, was), bounds),
            new RangeReader(readers, is),
            difference,
            limit));
  }

  private TableShape shape(String table) throws SQLException {
    TableShape shape = shapes().get(table);
    if (shape == null) {
      throw new DrillException(
          "there is no table " + table,
          "a table outside of the schema public is named with its schema; the tables are: "
              + String.join(", ", shapes().keySet()));
    }
    return shape;
  }

  private Map<String, TableShape> shapes() throws SQLException {
    if (shapes == null) {
      shapes =
          ShapeReader.read(connection).stream()
              .collect(
                  Collectors.toMap(
                      TableShape::name, Function.identity(), (a, b) -> a, TreeMap::new));
    }
    return shapes;
  }

  /**
   * The catalogue, read once. Sequences do not obey snapshots: those that feed a column are what
   * they are when this is called first, the others what they were when the snapshot was opened.
   */
  public SchemaImage schema() throws SQLException {
    if (schema == null) {
      schema = CatalogueReader.read(connection, opening.lastValues());
    }
    return schema;
  }

  /**
   * How large the database is on disk, indexes included (pg_database_size). That is of now: files
   * do not obey snapshots.
   */
  public long databaseBytes() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select pg_database_size(current_database())")) {
      row.next();
      return row.getLong(1);
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
    if (!shapes().keySet().equals(expected.tables().keySet())) {
      return false;
    }
    try (Statement statement = connection.createStatement()) {
      for (TableImage table : expected.tables().values()) {
        limit(statement, deadline);
        String count = "select count(*), 0 from " + shape(table.table()).source();
        if (read(statement, count).rows() != table.rows()) {
          return false;
        }
      }
      for (TableImage table : expected.tables().values()) {
        limit(statement, deadline);
        TableShape shape = shape(table.table());
        String query = TableReader.query(shape);
        if (!read(statement, query).equals(table.fingerprint())) {
          return false;
        }
      }
    }
    return true;
  }

  private static Fingerprint read(Statement statement, String query) throws SQLException {
    try (ResultSet row = statement.executeQuery(query)) {
      row.next();
      return TableReader.fingerprint(row);
    }
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

  @Override
  public void close() {
    readers.close();
    try {
      connection.close();
    } catch (SQLException ignored) {
      // The server that held the snapshot is gone, and the snapshot with it.
    }
  }
}
