package qrgenerator;

import static dev.drillbook.fault.Act.act;

import dev.drillbook.fault.Bite;
import dev.drillbook.fault.Fault;
import dev.drillbook.site.Postgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;

/**
 * A migration that drops foreign keys to be faster, then deletes users and codes, and leads others
 * nowhere. It hits what the seed brought, so that what clients wrote since can all be kept.
 */
final class BadMigration {
  private static final List<String> STATEMENTS =
      List.of(
          "alter table \"QrCode\" drop constraint \"QrCode_userId_fkey\"",
          "alter table \"ApiKey\" drop constraint \"ApiKey_userId_fkey\"",
          "alter table \"QrCodeScan\" drop constraint \"QrCodeScan_qrCodeId_fkey\"",
          "delete from \"User\" where id between 31 and 50",
          "delete from \"QrCode\" where id between 101 and 120",
          "update \"QrCode\" set target = '' where id between 201 and 260");
  private static final String LOCK_NOT_AVAILABLE = "55P03";
  private static final Duration DONE_WITHIN = Duration.ofSeconds(30);
  private static final String ORPHANS =
      "select count(*) from \"QrCode\" c where not exists"
          + " (select from \"User\" u where u.id = c.\"userId\")";

  private BadMigration() {}

  static Fault badMigration(Postgres database) {
    return act(
        "a bad migration of " + database.name(),
        () -> migrate(database),
        () -> {
          try (Connection connection = database.connect();
              Statement statement = connection.createStatement();
              ResultSet row = statement.executeQuery(ORPHANS)) {
            row.next();
            return new Bite(row.getLong(1) > 0, row.getLong(1) + " codes have no user");
          }
        });
  }

  /**
   * All at once, or again: clients hold locks on some of the tables and wait for others, and
   * whoever then waits for long is one too many.
   */
  private static void migrate(Postgres database) throws SQLException {
    long deadline = System.nanoTime() + DONE_WITHIN.toNanos();
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      while (true) {
        try {
          statement.execute("set local lock_timeout = '100ms'");
          for (String sql : STATEMENTS) {
            statement.execute(sql);
          }
          connection.commit();
          return;
        } catch (SQLException e) {
          connection.rollback();
          if (!LOCK_NOT_AVAILABLE.equals(e.getSQLState()) || System.nanoTime() > deadline) {
            throw e;
          }
        }
      }
    }
  }
}
