package dev.drillbook.fault;

import dev.drillbook.site.Postgres;
import java.util.List;

/** A table is emptied, and with it every table that refers to it. */
@About(
    kind = About.Kind.DATA,
    does = "empties a table and those that refer to it",
    hits = "PostgreSQL",
    needs = "it runs",
    bites = "rows are gone")
public record TruncateTable(Postgres target, String table) implements Fault {

  public static Fault truncateTable(Postgres target, String table) {
    return new TruncateTable(target, table);
  }

  @Override
  public String name() {
    return "truncate " + table + " of " + target.name();
  }

  @Override
  public ActiveFault inject(Scene scene) {
    String sql = Admin.table(table);
    long before =
        Admin.in(
            target,
            name(),
            connection -> {
              long rows = Admin.number(connection, "select count(*) from " + sql);
              Admin.execute(connection, "truncate " + sql + " cascade");
              return rows;
            });
    return ActiveFault.over(
        List.of(before + " rows of " + table),
        () -> Bite.of(before > 0, before + " rows of " + table + " are gone"));
  }
}
