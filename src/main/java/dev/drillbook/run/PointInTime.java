package dev.drillbook.run;

import dev.drillbook.site.Postgres;
import dev.drillbook.snapshot.DatabaseImage;
import dev.drillbook.snapshot.DatabaseSnapshot;
import dev.drillbook.timeline.DrillException;
import dev.drillbook.timeline.Tick;
import dev.drillbook.timeline.Timeline;
import dev.drillbook.verification.RecoveryPoint;
import dev.drillbook.workload.Clients;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Marks a moment of a running database that a point-in-time recovery has to reach, and takes a
 * checkpoint of it. Nobody writes at that moment: the clients are held, and everybody else is kept
 * out by locks.
 */
final class PointInTime {
  private static final String NAME_PREFIX = "drillbook-";
  private static final Duration ARCHIVED_WITHIN = Duration.ofSeconds(30);

  private final Timeline timeline;
  private final Clients clients;
  private final RecoveryTarget target;

  PointInTime(Timeline timeline, Clients clients, RecoveryTarget target) {
    this.timeline = timeline;
    this.clients = clients;
    this.target = target;
  }

  Checkpoint mark(String id) throws SQLException, InterruptedException {
    Postgres database = target.database();
    database.walArchive();
    Runnable letGo = clients.hold();
    try (Connection holder = database.connect();
        Connection admin = database.administer(database.database())) {
      WriteHold hold = WriteHold.of(holder);
      Tick held = timeline.now();
      try (DatabaseSnapshot snapshot =
          DatabaseSnapshot.open(database, new ReadingNotes(timeline))) {
        target.mark(mark(admin, NAME_PREFIX + id));
        hold.release();
        letGo.run();
        timeline.note(
            "recovery point "
                + target.name()
                + ": "
                + target.time()
                + ", LSN "
                + target.lsn()
                + "; writers were held for "
                + timeline.now().since(held).toMillis()
                + " ms");
        DatabaseImage image = snapshot.readAsOriginal();
        return new Checkpoint(new RecoveryPoint(held, held), Optional.of(image), Map.of());
      }
    } finally {
      letGo.run();
    }
  }

  private static RecoveryTarget.Mark mark(Connection admin, String name) throws SQLException {
    try (PreparedStatement ask =
        admin.prepareStatement(
            "select to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.US') || '+00',"
                + " pg_create_restore_point(?)::text")) {
      ask.setString(1, name);
      try (ResultSet row = ask.executeQuery()) {
        row.next();
        return new RecoveryTarget.Mark(row.getString(1), name, row.getString(2));
      }
    }
  }

  /**
   * Returns once the archive holds all WAL up to now: a point whose WAL was never archived is none
   * that anybody could be taken back to.
   *
   * @throws DrillException if that takes longer than 30 s
   */
  void awaitArchived() throws SQLException {
    Postgres database = target.database();
    try (Connection admin = database.administer(database.database());
        Statement statement = admin.createStatement()) {
      String segment = text(statement, "select pg_walfile_name(pg_switch_wal())");
      boolean archived =
          Waits.until(
                  ARCHIVED_WITHIN,
                  () -> Optional.of(isArchived(statement, segment)).filter(done -> done))
              .isPresent();
      if (!archived) {
        throw new DrillException(
            "WAL segment "
                + segment
                + " was not archived within "
                + ARCHIVED_WITHIN.toSeconds()
                + " s; the archiver says: "
                + text(
                    statement,
                    "select coalesce('last failure ' || last_failed_time || ' of ' || last_failed_wal, 'no failure') from pg_stat_archiver"),
            "see the server's log for what archive_command says");
      }
    }
  }

  private static boolean isArchived(Statement statement, String segment) {
    try {
      // The names of a timeline's segments sort by age.
      return text(statement, "select coalesce(last_archived_wal, '') from pg_stat_archiver")
              .compareTo(segment)
          >= 0;
    } catch (SQLException e) {
      throw new DrillException(
          "the archiver's state cannot be read: " + e.getMessage(), "see the server's log", e);
    }
  }

  private static String text(Statement statement, String query) throws SQLException {
    try (ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getString(1);
    }
  }
}
