package dev.drillbook.fault;

import dev.drillbook.site.Postgres;
import dev.drillbook.timeline.DrillException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows that others refer to vanish and leave orphans behind, as after a restore of single tables,
 * or a replica that was made primary too early.
 */
@About(
    kind = About.Kind.DATA,
    does = "deletes rows that others refer to, of one foreign key",
    hits = "PostgreSQL",
    needs = "it runs; a foreign key that rows use",
    bites = "rows refer to nothing")
public record BreakForeignKeys(Postgres target, Extent extent) implements Fault {
  private static final String KEYS =
      "select c.conname, c.conrelid::regclass::text, c.confrelid::regclass::text,"
          + " (select string_agg('c.' || quote_ident(a.attname) || ' = t.' || quote_ident(r.attname), ' and ' order by k.n)"
          + " from unnest(c.conkey, c.confkey) with ordinality k (child, parent, n)"
          + " join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.child"
          + " join pg_attribute r on r.attrelid = c.confrelid and r.attnum = k.parent),"
          + " (select string_agg('c.' || quote_ident(a.attname) || ' is not null', ' and ')"
          + " from pg_attribute a where a.attrelid = c.conrelid and a.attnum = any (c.conkey))"
          + " from pg_constraint c where c.contype = 'f' and c.conparentid = 0 order by 1, 2";

  /**
   * Of one foreign key that chance picks among those that rows use.
   *
   * @param extent how many of the rows that are referred to
   */
  public static Fault breakForeignKeys(Postgres target, Extent extent) {
    return new BreakForeignKeys(target, extent);
  }

  private record ForeignKey(String name, String child, String parent, String join, String whole) {}

  @Override
  public String name() {
    return "break foreign keys of " + target.name();
  }

  @Override
  public ActiveFault inject(Scene scene) {
    return RowFault.inject(
        target,
        name(),
        connection -> {
          List<ForeignKey> used = used(connection);
          if (used.isEmpty()) {
            throw new DrillException(
                target.name() + " has no foreign key that a row uses", "drill another fault");
          }
          return orphan(connection, used.get(scene.chance().nextInt(used.size())), scene);
        });
  }

  private static List<ForeignKey> used(Connection connection) throws SQLException {
    List<ForeignKey> used = new ArrayList<>();
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(KEYS)) {
      while (rows.next()) {
        used.add(
            new ForeignKey(
                rows.getString(1),
                rows.getString(2),
                rows.getString(3),
                rows.getString(4),
                rows.getString(5)));
      }
    }
    for (ForeignKey key : List.copyOf(used)) {
      String referredTo =
          "select count(*) from (select 1 from "
              + key.parent()
              + " t where "
              + referred(key)
              + " limit 1) s";
      if (Admin.number(connection, referredTo) == 0) {
        used.remove(key);
      }
    }
    return used;
  }

  private static String referred(ForeignKey key) {
    return "exists (select 1 from " + key.child() + " c where " + key.join() + ")";
  }

  private RowFault orphan(Connection connection, ForeignKey key, Scene scene) throws SQLException {
    Admin.keepWritersOut(connection, key.parent());
    Admin.keepWritersOut(connection, key.child());
    long referred =
        Admin.number(
            connection, "select count(*) from " + key.parent() + " t where " + referred(key));
    long count = extent.of(referred);
    String picked =
        "select t.tableoid, t.ctid from "
            + key.parent()
            + " t where "
            + referred(key)
            + " order by hashtextextended(t::text, "
            + scene.chance().nextLong()
            + "), t::text limit "
            + count;
    List<String> hit =
        new ArrayList<>(
            List.of(
                count
                    + " rows of "
                    + key.parent()
                    + " that "
                    + key.child()
                    + " refers to by "
                    + key.name()));
    hit.addAll(
        Admin.texts(
            connection,
            "with gone as (delete from "
                + key.parent()
                + " t where (t.tableoid, t.ctid) in ("
                + picked
                + ") returning left(t::text, 80) as row) select row from gone limit 20"));
    long orphans =
        Admin.number(
            connection,
            "select count(*) from "
                + key.child()
                + " c where not exists (select 1 from "
                + key.parent()
                + " t where "
                + key.join()
                + ") and "
                + key.whole());
    return new RowFault(
        hit, Bite.of(orphans > 0, orphans + " rows of " + key.child() + " refer to nothing"));
  }
}
