package dev.drillbook.run;

import dev.drillbook.timeline.DrillException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Keeps every client of a PostgreSQL database from writing, while everybody may read: a SHARE lock
 * on each table, which waits for the writes under way and conflicts with none of a reader's locks.
 */
final class WriteHold {
  private static final String TABLES =
      "select format('%I.%I', n.nspname, c.relname) from pg_class c join pg_namespace n on n.oid = c.relnamespace"
          + " where c.relkind in ('r', 'p') and not c.relispartition and n.nspname !~ '^pg_'"
          + " and n.nspname <> 'information_schema' order by 1";

  /**
   * User tables have numbers from 16384 on (FirstNormalObjectId); pg_dump locks them once its
   * snapshot stands.
   */
  private static final String DUMPING =
      "select exists (select 1 from pg_locks l join pg_stat_activity a on a.pid = l.pid"
          + " where a.application_name = 'pg_dump' and l.locktype = 'relation' and l.granted"
          + " and l.mode = 'AccessShareLock' and l.relation >= 16384)";

  private static final String LOCK_NOT_AVAILABLE = "55P03";
  private static final Duration TAKEN_WITHIN = Duration.ofSeconds(30);
  private static final Duration HELD_AT_MOST = Duration.ofMinutes(10);

  private final Connection holder;

  private WriteHold(Connection holder) {
    this.holder = holder;
  }

  /**
   * Takes the locks and returns once all writes under way are done. The locks are taken one after
   * the other, so a writer can hold the one that is wanted and want one that is held. Such a
   * deadlock must not cost the writer its transaction: the hold gives up long before the server's
   * deadlock check (1 s by default) looks for a victim, and tries again.
   *
   * @throws DrillException if that has not worked within 30 s
   */
  static WriteHold of(Connection holder) throws SQLException {
    holder.setAutoCommit(false);
    long deadline = System.nanoTime() + TAKEN_WITHIN.toNanos();
    while (true) {
      try (Statement statement = holder.createStatement()) {
        statement.execute("set local lock_timeout = '100ms'");
        statement.execute("lock table " + tables(statement) + " in share mode");
        return new WriteHold(holder);
      } catch (SQLException e) {
        holder.rollback();
        if (!LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
          throw e;
        }
        if (System.nanoTime() > deadline) {
          throw new DrillException(
              "clients could not be kept from writing for the checkpoint within "
                  + TAKEN_WITHIN.toSeconds()
                  + " s: "
                  + e.getMessage(),
              "does something hold a lock on a table, such as a long transaction or a migration?",
              e);
        }
        Waits.sleep(ThreadLocalRandom.current().nextLong(5, 30));
      }
    }
  }

  private static String tables(Statement statement) throws SQLException {
    StringBuilder tables = new StringBuilder();
    try (ResultSet rows = statement.executeQuery(TABLES)) {
      while (rows.next()) {
        tables.append(tables.length() == 0 ? "" : ", ").append(rows.getString(1));
      }
    }
    if (tables.length() == 0) {
      throw new DrillException(
          "the database holds no table when its backup is due",
          "does the plan's schema file create any?");
    }
    return tables.toString();
  }

  /** Returns once pg_dump has its snapshot, or {@code running} is done. */
  void awaitDump(Connection watcher, Future<?> running) throws SQLException, InterruptedException {
    try (PreparedStatement dumping = watcher.prepareStatement(DUMPING)) {
      long deadline = System.nanoTime() + HELD_AT_MOST.toNanos();
      while (!running.isDone()) {
        if (System.nanoTime() > deadline) {
          throw new DrillException(
              "the backup had no snapshot after "
                  + HELD_AT_MOST.toSeconds()
                  + " s, while clients were kept from writing",
              "does the backup script write to the database before it dumps it?");
        }
        try (ResultSet row = dumping.executeQuery()) {
          row.next();
          if (row.getBoolean(1)) {
            return;
          }
        }
        Thread.sleep(2);
      }
    }
  }

  void release() throws SQLException {
    holder.commit();
  }
}
