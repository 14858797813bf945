package web;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Deque;
import java.util.Properties;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * A bounded set of database connections, opened when asked for.
 *
 * <p>The one thing it does unlike the well-known pools: nothing backs off. A borrower that finds no
 * idle connection connects at once, in its own thread, so that the first request after the database
 * is back succeeds and the service adds nothing of its own to the time an outage takes.
 */
public final class ConnectionPool implements AutoCloseable {
  /**
   * Few on purpose. A service that has just started gets all its clients at once, and each new
   * connection costs a password handshake of thousands of hash rounds: sixteen at a time kept it
   * from answering anybody for seconds.
   */
  private static final int SIZE = 6;

  private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);
  private static final int VALIDATION_TIMEOUT_SECONDS = 1;

  private final Driver driver;
  private final String url;
  private final Properties properties;
  private final Semaphore permits = new Semaphore(SIZE, true);
  private final Deque<Connection> idle = new ConcurrentLinkedDeque<>();
  private volatile boolean closed;

  public ConnectionPool(Driver driver, String url, Properties properties) {
    this.driver = driver;
    this.url = url;
    this.properties = properties;
  }

  /**
   * A connection that has just answered, in auto-commit mode. Give it back with {@link #giveBack}
   * or {@link #discard}.
   *
   * @throws SQLException if all are busy for a second or the database cannot be reached
   */
  public Connection borrow() throws SQLException {
    acquirePermit();
    boolean borrowed = false;
    try {
      Connection connection = idleThatAnswers();
      if (connection == null) {
        connection = driver.connect(url, properties);
      }
      borrowed = true;
      return connection;
    } finally {
      if (!borrowed) {
        permits.release();
      }
    }
  }

  /** Takes back a connection with no transaction open. */
  public void giveBack(Connection connection) {
    try {
      if (!connection.getAutoCommit()) {
        connection.setAutoCommit(true);
      }
      idle.push(connection);
      if (closed) {
        closeIdle();
      }
    } catch (SQLException e) {
      closeQuietly(connection);
    } finally {
      permits.release();
    }
  }

  /** Takes back a connection in a state that nobody knows: it is closed, not lent again. */
  public void discard(Connection connection) {
    closeQuietly(connection);
    permits.release();
  }

  /** Closes what is idle now and what is given back later. */
  @Override
  public void close() {
    closed = true;
    closeIdle();
  }

  private void acquirePermit() throws SQLException {
    try {
      if (!permits.tryAcquire(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new SQLException("all " + SIZE + " connections are busy", "53300");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SQLException("interrupted while waiting for a connection", "57014", e);
    }
  }

  /** Null if there is none. */
  private Connection idleThatAnswers() throws SQLException {
    Connection connection = idle.poll();
    if (connection == null) {
      return null;
    }
    long askedNanos = System.nanoTime();
    if (connection.isValid(VALIDATION_TIMEOUT_SECONDS)) {
      return connection;
    }
    // One dead connection usually means a dead server, and so that all are: have each found out by
    // one borrower and every one of them would fail or wait first.
    closeQuietly(connection);
    closeIdle();
    long tookNanos = System.nanoTime() - askedNanos;
    if (tookNanos > Duration.ofMillis(500).toNanos()) {
      // Silence, not a refusal. Another wait, for a new connection, would keep the client too long.
      throw new SQLException("the database does not answer", "08006");
    }
    return null;
  }

  private void closeIdle() {
    for (Connection c = idle.poll(); c != null; c = idle.poll()) {
      closeQuietly(c);
    }
  }

  private static void closeQuietly(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      // It is being thrown away because it does not work.
    }
  }
}
