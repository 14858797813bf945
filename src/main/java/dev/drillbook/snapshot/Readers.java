package dev.drillbook.snapshot;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Several connections that see the same snapshot, so that several of the server's processes read at
 * once. Where the server grants no further connection, fewer read.
 *
 * <p>The snapshot is handed on with {@code pg_export_snapshot()}, which works as long as the
 * transaction that took it lives.
 */
final class Readers implements AutoCloseable {
  private static final int MOST = 4;

  private final Connector database;
  private final Connection owner;
  private final List<Connection> others = new ArrayList<>();
  private boolean opened;

  Readers(Connector database, Connection owner) {
    this.database = database;
    this.owner = owner;
  }

  /** Something to read. */
  interface Task<T> {
    T read(Connection connection) throws SQLException;
  }

  /** As many as this machine has processors: more gain nothing. */
  static int wanted() {
    return Math.min(MOST, Runtime.getRuntime().availableProcessors());
  }

  /**
   * The tasks' results, in the tasks' order. The first failure ends them all.
   *
   * @throws SQLException what the first task failed with
   */
  <T> List<T> all(List<Task<T>> tasks) throws SQLException {
    if (tasks.size() > 1) {
      openOthers();
    }
    Shared<T> shared = new Shared<>(tasks);
    List<Thread> threads = new ArrayList<>();
    for (Connection other : others.subList(0, Math.min(others.size(), tasks.size() - 1))) {
      Thread thread = new Thread(() -> shared.work(other), "drillbook-reader");
      thread.setDaemon(true);
      thread.start();
      threads.add(thread);
    }
    shared.work(owner);
    for (Thread thread : threads) {
      join(thread);
    }
    return shared.results();
  }

  /** The result of a task that is done by one connection. */
  <T> T one(Task<T> task) throws SQLException {
    return task.read(owner);
  }

  private static void join(Thread thread) throws SQLException {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SQLException("interrupted while reading", e);
    }
  }

  private void openOthers() throws SQLException {
    if (opened) {
      return;
    }
    opened = true;
    String snapshot = export();
    for (int i = 1; i < wanted(); i++) {
      Connection other;
      try {
        other = database.connect();
      } catch (SQLException refused) {
        return;
      }
      try {
        ReadSettings.begin(other);
        try (Statement statement = other.createStatement()) {
          statement.execute("set transaction snapshot '" + snapshot + "'");
          statement.execute(ReadSettings.set());
        }
        others.add(other);
      } catch (SQLException e) {
        other.close();
        throw e;
      }
    }
  }

  /** The identifier by which others see the owner's snapshot, as long as the owner lives. */
  String export() throws SQLException {
    return text(owner, "select pg_export_snapshot()");
  }

  private static String text(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getString(1);
    }
  }

  @Override
  public void close() {
    for (Connection other : others) {
      try {
        other.close();
      } catch (SQLException ignored) {
        // The server that it was open to is gone.
      }
    }
  }

  /** The tasks of one call, as its workers share them. */
  private static final class Shared<T> {
    private final List<Task<T>> tasks;
    private final List<T> results = new ArrayList<>();
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicReference<Exception> failure = new AtomicReference<>();

    Shared(List<Task<T>> tasks) {
      this.tasks = tasks;
      tasks.forEach(task -> results.add(null));
    }

    void work(Connection connection) {
      for (int i = next.getAndIncrement(); i < tasks.size(); i = next.getAndIncrement()) {
        if (failure.get() != null) {
          return;
        }
        try {
          T result = tasks.get(i).read(connection);
          synchronized (results) {
            results.set(i, result);
          }
        } catch (SQLException | RuntimeException e) {
          failure.compareAndSet(null, e);
        }
      }
    }

    List<T> results() throws SQLException {
      Exception failed = failure.get();
      if (failed instanceof SQLException sql) {
        throw sql;
      }
      if (failed != null) {
        throw (RuntimeException) failed;
      }
      synchronized (results) {
        return List.copyOf(results);
      }
    }
  }
}
