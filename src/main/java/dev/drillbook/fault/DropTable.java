package dev.drillbook.fault;

import dev.drillbook.site.Postgres;
import java.util.List;

/** A table is dropped, with all that depends on it. */
@About(
    kind = About.Kind.DATA,
    does = "drops a table and what depends on it",
    hits = "PostgreSQL",
    needs = "it runs",
    bites = "the table is gone")
public record DropTable(Postgres target, String table) implements Fault {

  public static Fault dropTable(Postgres target, String table) {
    return new DropTable(target, table);
  }

  @Override
  public String name() {
    return "drop table " + table + " of " + target.name();
  }

  @Override
  public ActiveFault inject(Scene scene) {
    String sql = Admin.table(table);
    long rows =
        Admin.in(
            target,
            name(),
            connection -> {
              long before = Admin.number(connection, "select count(*) from " + sql);
              Admin.execute(connection, "drop table " + sql + " cascade");
              return before;
            });
    return ActiveFault.over(
        List.of("the table " + table + " with " + rows + " rows"),
        () -> {
          boolean gone =
              Admin.in(
                  target,
                  "look for " + table,
                  connection ->
                      Admin.number(
                              connection, "select count(*) where to_regclass(?) is not null", sql)
                          == 0);
          return Bite.of(gone, "the table " + table + (gone ? " is gone" : " is there"));
        });
  }
}
