package dev.drillbook.drills;

import dev.drillbook.site.Postgres;
import dev.drillbook.workload.Contents;
import dev.drillbook.workload.Operation;
import dev.drillbook.workload.RefusedException;
import dev.drillbook.workload.Workload;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * Clients without an app that write to the table {@code notes (k text primary key, v text)} of a
 * database. They can be kept out, and sent to another database.
 */
final class Notes implements Workload {
  private final Deque<Connection> idle = new ConcurrentLinkedDeque<>();
  private volatile Postgres database;
  private volatile boolean open = true;

  Notes(Postgres database) {
    this.database = database;
  }

  void keepOut() {
    open = false;
  }

  void letIn() {
    open = true;
  }

  void moveTo(Postgres other) {
    database = other;
  }

  @Override
  public String name() {
    return "notes";
  }

  @Override
  public Operation next(long sequence) {
    return insert("note-" + sequence);
  }

  @Override
  public Operation insert(String tag) {
    String key = "client-" + tag;
    return new Operation(Operation.Kind.INSERT, key, "written", timeout -> write(key));
  }

  private void write(String key) throws SQLException, RefusedException {
    Connection connection = borrow();
    try (PreparedStatement insert =
        connection.prepareStatement("insert into notes values (?, 'written')")) {
      insert.setString(1, key);
      insert.executeUpdate();
      idle.push(connection);
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  private Connection borrow() throws SQLException, RefusedException {
    if (!open) {
      throw new RefusedException("closed");
    }
    for (Connection known = idle.poll(); known != null; known = idle.poll()) {
      if (known.isValid(1)) {
        return known;
      }
      known.close();
    }
    try {
      return database.connect();
    } catch (SQLException e) {
      throw new RefusedException("no connection: " + e.getMessage());
    }
  }

  @Override
  public Optional<String> read(String key, Duration timeout) throws Exception {
    Connection connection = borrow();
    try (PreparedStatement select =
        connection.prepareStatement("select v from notes where k = ?")) {
      select.setString(1, key);
      try (ResultSet row = select.executeQuery()) {
        Optional<String> found = row.next() ? Optional.of(row.getString(1)) : Optional.empty();
        idle.push(connection);
        return found;
      }
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  @Override
  public void contents(Contents sink) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select k, v from notes where k like 'client-%'")) {
      while (rows.next()) {
        sink.row(rows.getString(1), rows.getString(2));
      }
    }
  }
}
