package dev.drillbook.fault;

import dev.drillbook.timeline.DrillException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * Rows of a table that chance has picked: by the hash of their text under a seed, so that the same
 * seed picks the same rows of the same data, wherever they lie on disk.
 *
 * @param table for SQL
 * @param count how many
 * @param seed by which the server picks them
 */
record PickedRows(String table, long count, long seed) {
  private static final int SHOWN = 20;
  private static final int SHOWN_CHARACTERS = 80;

  /**
   * Picks, with writers kept out until the transaction ends: what is picked is what is hit.
   *
   * @throws DrillException if the table is empty: nothing would be hit
   */
  static PickedRows of(Connection connection, String name, Extent extent, RandomGenerator chance)
      throws SQLException {
    String table = Admin.table(name);
    Admin.keepWritersOut(connection, table);
    long present = Admin.number(connection, "select count(*) from " + table);
    if (present == 0) {
      throw new DrillException(
          "the table " + name + " is empty: no row can be hit", "fill it before the disaster");
    }
    return new PickedRows(table, extent.of(present), chance.nextLong());
  }

  /** A condition on the table's rows, which are called {@code t}. */
  String condition() {
    return "(t.tableoid, t.ctid) in (select p.tableoid, p.ctid from "
        + table
        + " p "
        + order("p")
        + ")";
  }

  private String order(String alias) {
    return String.format(
        Locale.ROOT,
        "order by hashtextextended(%1$s::text, %2$d), %1$s::text limit %3$d",
        alias,
        seed,
        count);
  }

  /** How many they are, and the first of them, as they are now. */
  List<String> describe(Connection connection) throws SQLException {
    List<String> lines = new ArrayList<>();
    lines.add(count + " rows of " + table + " (picked with " + seed + ")");
    lines.addAll(
        Admin.texts(
            connection,
            "select left(s.row, "
                + SHOWN_CHARACTERS
                + ") from (select t::text as row from "
                + table
                + " t "
                + order("t")
                + ") s limit "
                + SHOWN));
    if (count > SHOWN) {
      lines.add("and " + (count - SHOWN) + " more");
    }
    return lines;
  }
}
