package dev.drillbook.drills;

import dev.drillbook.site.Postgres;
import dev.drillbook.workload.Contents;
import dev.drillbook.workload.Operation;
import dev.drillbook.workload.Workload;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Clients of a system that has no app: they write straight to the database, each over a connection
 * that is open already.
 */
final class SqlWorkload implements Workload, AutoCloseable {
  private final BlockingQueue<Connection> idle = new LinkedBlockingQueue<>();
  private final List<Connection> all = new ArrayList<>();
  private final Postgres database;
  private final String run;

  SqlWorkload(Postgres database, String run, int connections) throws SQLException {
    this.database = database;
    this.run = run;
    for (int i = 0; i < connections; i++) {
      all.add(database.connect());
    }
    idle.addAll(all);
    try (Statement statement = all.get(0).createStatement()) {
      statement.execute("create table if not exists probes (k text primary key, v text not null)");
    }
  }

  @Override
  public String name() {
    return "rows";
  }

  @Override
  public Operation next(long sequence) {
    return insert("row-" + sequence);
  }

  @Override
  public Operation insert(String tag) {
    String key = run + "-" + tag;
    return new Operation(Operation.Kind.INSERT, key, "v", timeout -> write(key));
  }

  private void write(String key) throws SQLException, InterruptedException {
    Connection connection = idle.take();
    try (PreparedStatement insert =
        connection.prepareStatement("insert into probes values (?, 'v')")) {
      insert.setString(1, key);
      insert.executeUpdate();
    } finally {
      idle.add(connection);
    }
  }

  @Override
  public Optional<String> read(String key, Duration timeout)
      throws SQLException, InterruptedException {
    Connection connection = idle.take();
    try (PreparedStatement select =
        connection.prepareStatement("select v from probes where k = ?")) {
      select.setString(1, key);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
      }
    } finally {
      idle.add(connection);
    }
  }

  @Override
  public void contents(Contents sink) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery("select k, v from probes")) {
      while (found.next()) {
        sink.row(found.getString(1), found.getString(2));
      }
    }
  }

  @Override
  public void close() throws SQLException {
    for (Connection connection : all) {
      connection.close();
    }
  }
}
