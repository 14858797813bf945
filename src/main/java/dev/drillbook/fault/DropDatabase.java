package dev.drillbook.fault;

import dev.drillbook.site.Postgres;
import dev.drillbook.timeline.DrillException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** The database is dropped, whoever is connected to it. */
@About(
    kind = About.Kind.DATA,
    does = "drops the database, whoever is connected",
    hits = "PostgreSQL",
    needs = "it runs",
    bites = "the database is gone")
public record DropDatabase(Postgres target) implements Fault {

  public static Fault dropDatabase(Postgres target) {
    return new DropDatabase(target);
  }

  @Override
  public String name() {
    return "drop the database of " + target.name();
  }

  @Override
  public ActiveFault inject(Scene scene) {
    ask(
        connection -> {
          Admin.execute(
              connection, "drop database " + Admin.quoted(target.database()) + " with (force)");
          return 0L;
        });
    return ActiveFault.over(
        List.of("the database " + target.database()),
        () -> {
          long left =
              ask(
                  connection ->
                      Admin.number(
                          connection,
                          "select count(*) from pg_database where datname = ?",
                          target.database()));
          return Bite.of(
              left == 0,
              "the database " + target.database() + (left == 0 ? " is gone" : " is there"));
        });
  }

  private long ask(Admin.Work<Long> work) {
    try (Connection connection = target.administer("postgres")) {
      return work.on(connection);
    } catch (SQLException e) {
      throw new DrillException(
          target.name() + ": could not " + name() + ": " + e.getMessage(),
          "does the server run?",
          e);
    }
  }
}
