package dev.drillbook.verification;

import dev.drillbook.snapshot.DatabaseImage;
import dev.drillbook.timeline.Finding;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * No row refers to a row that is not there. PostgreSQL checks a foreign key when a row is written,
 * but not for rows that came in while its triggers were off, as in a data-only restore with {@code
 * --disable-triggers}. Nor is a constraint NOT VALID that was valid when the backup was taken.
 */
public final class ForeignKeys implements Check {
  private static final String CONSTRAINTS =
      "select c.conname, c.conrelid::regclass::text, c.confrelid::regclass::text, c.convalidated,"
          + " string_agg(format('c.%I = p.%I', a.attname, f.attname), ' and '),"
          + " string_agg(format('c.%I is not null', a.attname), ' and '),"
          + " format('constraint %I on %I.%I', c.conname, n.nspname, t.relname)"
          + " from pg_constraint c join pg_class t on t.oid = c.conrelid join pg_namespace n on n.oid = t.relnamespace"
          + " cross join lateral unnest(c.conkey, c.confkey) as k(child, parent)"
          + " join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.child"
          + " join pg_attribute f on f.attrelid = c.confrelid and f.attnum = k.parent"
          + " where c.contype = 'f' group by c.oid, c.conname, c.conrelid, c.confrelid, c.convalidated, n.nspname, t.relname order by 1";

  public static Check foreignKeys() {
    return new ForeignKeys();
  }

  @Override
  public String name() {
    return "foreign keys";
  }

  private record Key(
      String name,
      String child,
      String parent,
      boolean validated,
      String match,
      String notNull,
      String object) {}

  @Override
  public Examined examine(Evidence evidence) throws SQLException {
    List<Finding> findings = new ArrayList<>();
    int count = 0;
    for (Evidence.Database database : evidence.databases()) {
      try (Connection connection = database.server().connect();
          Statement statement = connection.createStatement()) {
        // Of rows that a policy hides, neither presence nor absence is known: better an error.
        statement.execute("set row_security = off");
        for (Key key : keys(statement)) {
          count++;
          judge(statement, key, wasValid(key, database.checkpoint()), findings);
        }
      }
    }
    return new Examined(count + " foreign keys", count, findings);
  }

  private static List<Key> keys(Statement statement) throws SQLException {
    List<Key> keys = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery(CONSTRAINTS)) {
      while (rows.next()) {
        keys.add(
            new Key(
                rows.getString(1),
                rows.getString(2),
                rows.getString(3),
                rows.getBoolean(4),
                rows.getString(5),
                rows.getString(6),
                rows.getString(7)));
      }
    }
    return keys;
  }

  /** Whether it was valid in the original, as far as that is known. */
  private static boolean wasValid(Key key, Optional<DatabaseImage> checkpoint) {
    return checkpoint
        .map(image -> image.schema().objects().get(key.object()))
        .map(definition -> !definition.endsWith(" NOT VALID"))
        .orElse(true);
  }

  private void judge(Statement statement, Key key, boolean wasValid, List<Finding> findings)
      throws SQLException {
    String orphans =
        " from %s c where %s and not exists (select 1 from %s p where %s)"
            .formatted(key.child(), key.notNull(), key.parent(), key.match());
    long count = Sql.number(statement, "select count(*)" + orphans);
    if (count > 0) {
      List<String> examples =
          Sql.texts(statement, "select (c.*)::text" + orphans + " limit " + Finding.MAX_EXAMPLES);
      findings.add(
          Finding.fail(
                  name(),
                  "every row of " + key.child() + " finds its row in " + key.parent(),
                  count + " orphans (" + key.name() + ")",
                  "the tables were restored from different moments, or with triggers off")
              .withExamples(examples));
    }
    if (!key.validated() && wasValid) {
      findings.add(
          Finding.fail(
              name(),
              key.name() + " is a validated constraint",
              "it is NOT VALID",
              "run ALTER TABLE " + key.child() + " VALIDATE CONSTRAINT " + key.name()));
    }
  }
}
