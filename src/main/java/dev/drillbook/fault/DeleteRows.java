package dev.drillbook.fault;

import dev.drillbook.site.Postgres;
import java.util.List;

/**
 * Rows vanish, as after a DELETE with a wrong condition by somebody who may do everything. No
 * trigger fires, and rows that refer to them stay.
 */
@About(
    kind = About.Kind.DATA,
    does = "deletes rows, past triggers and foreign keys",
    hits = "PostgreSQL",
    needs = "it runs",
    bites = "so many rows were deleted")
public record DeleteRows(Postgres target, String table, Extent extent) implements Fault {

  public static Fault deleteRows(Postgres target, String table, Extent extent) {
    return new DeleteRows(target, table, extent);
  }

  @Override
  public String name() {
    return "delete " + extent.text() + " of the rows of " + table + " in " + target.name();
  }

  @Override
  public ActiveFault inject(Scene scene) {
    return RowFault.inject(
        target,
        name(),
        connection -> {
          PickedRows rows = PickedRows.of(connection, table, extent, scene.chance());
          List<String> hit = rows.describe(connection);
          long deleted =
              Admin.number(
                  connection,
                  "with gone as (delete from "
                      + rows.table()
                      + " t where "
                      + rows.condition()
                      + " returning 1) select count(*) from gone");
          return new RowFault(
              hit, Bite.of(deleted == rows.count(), deleted + " rows were deleted"));
        });
  }
}
