package dev.drillbook.fault;

import dev.drillbook.site.Postgres;
import java.util.List;

/**
 * A column gets wrong values, as after an UPDATE with a wrong condition, or by a bug.
 *
 * @param value SQL for the new value; it may name columns of the row, e.g. {@code total * 100}
 */
@About(
    kind = About.Kind.DATA,
    does = "sets a column to the value of an SQL expression",
    hits = "PostgreSQL",
    needs = "it runs",
    bites = "rows have another value")
public record UpdateRows(Postgres target, String table, String column, String value, Extent extent)
    implements Fault {

  public static Fault updateRows(
      Postgres target, String table, String column, String value, Extent extent) {
    return new UpdateRows(target, table, column, value, extent);
  }

  @Override
  public String name() {
    return "set "
        + table
        + "."
        + column
        + " to "
        + value
        + " in "
        + extent.text()
        + " of the rows in "
        + target.name();
  }

  @Override
  public ActiveFault inject(Scene scene) {
    return RowFault.inject(
        target,
        name(),
        connection -> {
          PickedRows rows = PickedRows.of(connection, table, extent, scene.chance());
          List<String> hit = rows.describe(connection);
          String set = Admin.quoted(column);
          // By their texts: types such as json and xml cannot be compared.
          long changed =
              Admin.number(
                  connection,
                  "with before as materialized (select t.tableoid as part, t.ctid as place, t."
                      + set
                      + "::text as value from "
                      + rows.table()
                      + " t where "
                      + rows.condition()
                      + "), changed as (update "
                      + rows.table()
                      + " t set "
                      + set
                      + " = ("
                      + value
                      + ") from before b where t.tableoid = b.part and t.ctid = b.place"
                      + " returning b.value is distinct from t."
                      + set
                      + "::text as really) select count(*) from changed where really");
          return new RowFault(hit, Bite.of(changed > 0, changed + " rows have another value"));
        });
  }
}
