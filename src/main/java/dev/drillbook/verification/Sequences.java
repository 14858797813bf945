package dev.drillbook.verification;

import dev.drillbook.timeline.Finding;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Every sequence that feeds a column is ahead of what the column holds; one that is behind hands
 * out a key that is taken, and the first insert after the recovery fails.
 */
public final class Sequences implements Check {
  private static final String OWNED =
      "select s.oid::regclass::text, d.refobjid::regclass::text, quote_ident(a.attname), q.seqincrement"
          + " from pg_class s join pg_sequence q on q.seqrelid = s.oid"
          + " join pg_depend d on d.objid = s.oid and d.classid = 'pg_class'::regclass"
          + " and d.refclassid = 'pg_class'::regclass and d.deptype in ('a', 'i')"
          + " join pg_attribute a on a.attrelid = d.refobjid and a.attnum = d.refobjsubid"
          + " where s.relkind = 'S' order by 1";

  public static Check sequences() {
    return new Sequences();
  }

  @Override
  public String name() {
    return "sequences";
  }

  private record Owned(String sequence, String table, String column, long increment) {}

  @Override
  public Examined examine(Evidence evidence) throws SQLException {
    List<Finding> findings = new ArrayList<>();
    int count = 0;
    for (Evidence.Database database : evidence.databases()) {
      try (Connection connection = database.server().connect();
          Statement statement = connection.createStatement()) {
        for (Owned owned : owned(statement)) {
          count++;
          judge(statement, owned, findings);
        }
      }
    }
    return new Examined(count + " sequences", count, findings);
  }

  private static List<Owned> owned(Statement statement) throws SQLException {
    List<Owned> all = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery(OWNED)) {
      while (rows.next()) {
        all.add(
            new Owned(rows.getString(1), rows.getString(2), rows.getString(3), rows.getLong(4)));
      }
    }
    return all;
  }

  private void judge(Statement statement, Owned owned, List<Finding> findings) throws SQLException {
    boolean up = owned.increment() > 0;
    String furthest = up ? "max" : "min";
    List<String> column =
        Sql.texts(
            statement, "select %s(%s) from %s".formatted(furthest, owned.column(), owned.table()));
    if (column.get(0) == null) {
      return;
    }
    long held = Long.parseLong(column.get(0));
    long next =
        Sql.number(
            statement,
            "select case when is_called then last_value + %d else last_value end from %s"
                .formatted(owned.increment(), owned.sequence()));
    if (up ? next <= held : next >= held) {
      findings.add(
          Finding.fail(
              name(),
              "%s hands out values beyond %s.%s, which holds %d"
                  .formatted(owned.sequence(), owned.table(), owned.column(), held),
              "its next value is " + next,
              "run select setval('%s', (select %s(%s) from %s))"
                  .formatted(owned.sequence(), furthest, owned.column(), owned.table())));
    }
  }
}
