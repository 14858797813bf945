package web;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/** Runs work on a pooled connection, and turns every way it can fail into one of two answers. */
public final class Database {

  /** SQL on a borrowed connection; it neither commits nor closes. */
  public interface Work<T> {
    T on(Connection connection) throws SQLException, Refused;
  }

  /** The database could not do it; nothing was changed. */
  public static final class Unavailable extends Exception {
    private static final long serialVersionUID = 1L;

    Unavailable(SQLException cause) {
      super(reason(cause), cause);
    }
  }

  /** The commit was sent and its answer was lost: the change may be there or not. */
  public static final class OutcomeUnknown extends Exception {
    private static final long serialVersionUID = 1L;

    OutcomeUnknown(SQLException cause) {
      super(reason(cause), cause);
    }
  }

  /**
   * SQLSTATE classes with which a server says no to a commit: integrity violated, transaction
   * rolled back, transaction in an invalid state. After any other failure nobody knows.
   */
  private static final Set<String> COMMIT_REFUSED = Set.of("23", "40", "25");

  private final ConnectionPool pool;
  private final AtomicBoolean reachable = new AtomicBoolean(true);

  public Database(ConnectionPool pool) {
    this.pool = pool;
  }

  /** For work that only reads: each statement for itself. */
  public <T> T read(Work<T> work) throws Unavailable, Refused {
    Connection connection = borrow();
    boolean clean = false;
    try {
      T result = work.on(connection);
      clean = true;
      return result;
    } catch (SQLException e) {
      throw unavailable(e);
    } finally {
      handBack(connection, clean);
    }
  }

  /** All of the work or nothing of it. Returns only after the server has confirmed the commit. */
  public <T> T transact(Work<T> work) throws Unavailable, OutcomeUnknown, Refused {
    Connection connection = borrow();
    boolean clean = false;
    try {
      connection.setAutoCommit(false);
      T result = workOrRollback(connection, work);
      commit(connection);
      clean = true;
      return result;
    } catch (Refused e) {
      clean = true;
      throw e;
    } catch (SQLException e) {
      throw unavailable(e);
    } finally {
      handBack(connection, clean);
    }
  }

  private static <T> T workOrRollback(Connection connection, Work<T> work)
      throws SQLException, Refused {
    try {
      return work.on(connection);
    } catch (Refused e) {
      connection.rollback();
      throw e;
    }
  }

  private static void commit(Connection connection) throws SQLException, OutcomeUnknown {
    try {
      connection.commit();
    } catch (SQLException e) {
      if (COMMIT_REFUSED.contains(stateClass(e))) {
        throw e;
      }
      throw new OutcomeUnknown(e);
    }
  }

  private Connection borrow() throws Unavailable {
    try {
      Connection connection = pool.borrow();
      if (reachable.compareAndSet(false, true)) {
        System.err.println("database reachable again");
      }
      return connection;
    } catch (SQLException e) {
      throw unavailable(e);
    }
  }

  private void handBack(Connection connection, boolean clean) {
    if (clean) {
      pool.giveBack(connection);
    } else {
      pool.discard(connection);
    }
  }

  /** Says so in the log once per outage, not once per request. */
  private Unavailable unavailable(SQLException cause) {
    Unavailable unavailable = new Unavailable(cause);
    if (reachable.compareAndSet(true, false)) {
      System.err.println("database unavailable: " + unavailable.getMessage());
    }
    return unavailable;
  }

  private static String stateClass(SQLException e) {
    String state = e.getSQLState();
    return state == null || state.length() < 2 ? "" : state.substring(0, 2);
  }

  private static String reason(SQLException e) {
    String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    return e.getSQLState() == null ? message : message + " (SQLSTATE " + e.getSQLState() + ")";
  }
}
