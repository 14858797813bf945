package dev.drillbook.fault;

import dev.drillbook.site.Condition;
import dev.drillbook.site.Postgres;
import dev.drillbook.site.Undo;
import dev.drillbook.timeline.DrillException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Whether the application's role may log in. */
final class Logins {
  /** The class of invalid authorization, in appendix A of PostgreSQL's manual. */
  private static final String AUTHORIZATION = "28";

  private Logins() {}

  /** Keeps the role from logging in until that is healed. */
  static ActiveFault refuse(Scene scene, Postgres target, String what, String alter, String undo) {
    return InForce.begin(
        scene.journal(),
        new Undo.EndWithSite(what),
        List.of("the role " + target.role()),
        () ->
            endSessions(
                target,
                what,
                Admin.in(
                    target,
                    what,
                    connection -> {
                      alter(connection, target, alter);
                      return oid(connection, target);
                    })),
        () -> look(target),
        () -> alterBack(target, undo));
  }

  private static void alter(Connection connection, Postgres target, String attribute)
      throws SQLException {
    Admin.execute(connection, "alter role " + Admin.quoted(target.role()) + " " + attribute);
  }

  /** 0 where there is no such role. */
  static long oid(Connection connection, Postgres target) throws SQLException {
    return Admin.number(
        connection,
        "select coalesce((select oid::int8 from pg_roles where rolname = ?), 0)",
        target.role());
  }

  /** Who is connected already would not notice. By number: a dropped role has no name. */
  static void endSessions(Postgres target, String doing, long role) {
    Admin.in(
        target,
        doing,
        connection ->
            Admin.number(
                connection,
                "select count(pg_terminate_backend(pid)) from pg_stat_activity where usesysid = ?::int8::oid",
                role));
  }

  /** False while the server is down. A role that is gone, or new, is left as it is. */
  private static boolean alterBack(Postgres target, String attribute) {
    if (target.condition() == Condition.DOWN) {
      return false;
    }
    try (Connection connection = target.administer("postgres")) {
      if (oid(connection, target) != 0) {
        alter(connection, target, attribute);
      }
      return true;
    } catch (SQLException refused) {
      throw new DrillException(
          target.role() + " could not be altered back: " + refused.getMessage(),
          "alter role " + target.role() + " " + attribute + " by hand",
          refused);
    }
  }

  static Bite look(Postgres target) {
    try (Connection connection = target.connect()) {
      return Bite.of(false, target.role() + " can log in to " + connection.getCatalog());
    } catch (SQLException refused) {
      String state = String.valueOf(refused.getSQLState());
      return Bite.of(state.startsWith(AUTHORIZATION), String.valueOf(refused.getMessage()));
    }
  }
}
