package dev.drillbook.fault;

import dev.drillbook.site.Postgres;
import dev.drillbook.timeline.DrillException;
import java.sql.Connection;
import java.sql.SQLException;

/** Whether the application's role may log in. */
final class Logins {
  private Logins() {}

  static void alterAndEndSessions(Postgres target, String doing, String attribute) {
    Admin.in(
        target,
        doing,
        connection -> {
          Admin.execute(connection, "alter role " + Admin.quoted(target.role()) + " " + attribute);
          return null;
        });
    endSessions(target, doing);
  }

  /** Who is connected already would not notice. */
  static void endSessions(Postgres target, String doing) {
    Admin.in(
        target,
        doing,
        connection ->
            Admin.number(
                connection,
                "select count(pg_terminate_backend(pid)) from pg_stat_activity where usename = ?",
                target.role()));
  }

  /** Nothing, where the server is down, or was provisioned anew, or the role is gone. */
  static void alterIfThere(Postgres target, String attribute) {
    try (Connection connection = target.administer("postgres")) {
      if (Admin.number(connection, "select count(*) from pg_roles where rolname = ?", target.role())
          > 0) {
        Admin.execute(connection, "alter role " + Admin.quoted(target.role()) + " " + attribute);
      }
    } catch (SQLException down) {
      if (target.condition() == dev.drillbook.site.Condition.RUNNING) {
        throw new DrillException(
            target.role() + " could not be altered back: " + down.getMessage(),
            "alter role " + target.role() + " " + attribute + " by hand",
            down);
      }
    }
  }

  static Bite look(Postgres target) {
    try (Connection connection = target.connect()) {
      return Bite.of(false, target.role() + " can log in to " + connection.getCatalog());
    } catch (SQLException refused) {
      return Bite.of(true, String.valueOf(refused.getMessage()));
    }
  }
}
