package dev.drillbook.sabotage;

import dev.drillbook.site.Postgres;
import dev.drillbook.timeline.DrillException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * What can be wrong with a PostgreSQL database that looks restored. Each takes the largest table
 * that allows it, and an early row, so that it does the same whenever it is done: late ones may be
 * newer than the backup, and of those only what clients wrote is known.
 */
final class SpoiltDatabase {
  private static final String OF_USERS =
      "n.nspname !~ '^pg_' and n.nspname <> 'information_schema'";

  /** Of the table that format's first argument names. */
  private static final String EARLY_ROW =
      "(select ctid from %1$s order by ctid offset (select count(*) / 8 from %1$s) limit 1)";

  private SpoiltDatabase() {}

  static void loseARow(Sabotage.Scene scene) throws SQLException {
    doFirst(
        scene,
        "select format('delete from %1$s where ctid = "
            + EARLY_ROW
            + "', format('%I.%I', n.nspname, c.relname))"
            + " from pg_class c join pg_namespace n on n.oid = c.relnamespace"
            + " where c.relkind = 'r' and "
            + OF_USERS
            + " order by pg_relation_size(c.oid) desc, c.relname");
  }

  /** Keys stay as they are, so that the row is still found. */
  static void alterACell(Sabotage.Scene scene) throws SQLException {
    doFirst(
        scene,
        "select format('update %1$s set %2$I = %2$I %3$s where %2$I is not null and ctid = "
            + EARLY_ROW
            + "', format('%I.%I', n.nspname, c.relname), a.attname,"
            + " case when t.typname in ('text', 'varchar') then $$|| '~'$$ else '+ 1' end)"
            + " from pg_class c join pg_namespace n on n.oid = c.relnamespace"
            + " join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped"
            + " join pg_type t on t.oid = a.atttypid"
            + " where c.relkind = 'r' and a.attgenerated = '' and "
            + OF_USERS
            + " and t.typname in ('text', 'varchar', 'int4', 'int8', 'numeric')"
            + " and not exists (select from pg_constraint k where k.contype in ('p', 'u', 'f')"
            + " and (k.conrelid = c.oid and a.attnum = any (k.conkey)"
            + " or k.confrelid = c.oid and a.attnum = any (k.confkey)))"
            + " order by pg_relation_size(c.oid) desc, c.relname, a.attnum");
  }

  static void breakAForeignKey(Sabotage.Scene scene) throws SQLException {
    doFirst(
        scene,
        "select format('delete from %s p where ctid ="
            + " (select p.ctid from %s p join %s c on c.%I = p.%I limit 1)',"
            + " k.confrelid::regclass, k.confrelid::regclass, k.conrelid::regclass,"
            + " ca.attname, pa.attname)"
            + " from pg_constraint k"
            + " join pg_attribute ca on ca.attrelid = k.conrelid and ca.attnum = k.conkey[1]"
            + " join pg_attribute pa on pa.attrelid = k.confrelid and pa.attnum = k.confkey[1]"
            + " where k.contype = 'f' and array_length(k.conkey, 1) = 1"
            + " and k.conrelid <> k.confrelid"
            + " order by pg_relation_size(k.conrelid) desc, k.conname");
  }

  static void resetASequence(Sabotage.Scene scene) throws SQLException {
    doFirst(
        scene,
        "select format('select setval(%L, 1, false)',"
            + " format('%I.%I', s.schemaname, s.sequencename))"
            + " from pg_sequences s where s.last_value > 1 order by s.last_value desc");
  }

  /** One that no constraint rests on, else a constraint. */
  static void dropAnIndex(Sabotage.Scene scene) throws SQLException {
    doFirst(
        scene,
        "select what from (select 1 as rank, i.indexrelid::regclass::text as name,"
            + " format('drop index %s', i.indexrelid::regclass) as what from pg_index i"
            + " join pg_class c on c.oid = i.indexrelid"
            + " join pg_namespace n on n.oid = c.relnamespace where "
            + OF_USERS
            + " and not exists (select from pg_constraint k where k.conindid = i.indexrelid)"
            + " union all select 2, k.conname,"
            + " format('alter table %s drop constraint %I', k.conrelid::regclass, k.conname)"
            + " from pg_constraint k join pg_class c on c.oid = k.conrelid"
            + " join pg_namespace n on n.oid = c.relnamespace where k.contype in ('f', 'c') and "
            + OF_USERS
            + ") found order by rank, name");
  }

  static void leaveAStranger(Sabotage.Scene scene) throws SQLException {
    doFirst(scene, "select 'create role stranger login superuser'");
  }

  /** Runs the first of the statements that {@code query} gives that has an effect. */
  private static void doFirst(Sabotage.Scene scene, String query) throws SQLException {
    Postgres database = scene.database().orElseThrow();
    try (Connection admin = database.administer(database.database());
        Statement statement = admin.createStatement()) {
      // Foreign keys and triggers are as blind as they are while a dump is loaded.
      statement.execute("set session_replication_role = replica");
      for (String candidate : texts(statement, query)) {
        if (hasAnEffect(statement, candidate)) {
          return;
        }
      }
    }
    throw new DrillException(
        "nothing in " + database.name() + " can be spoilt so", "leave this sabotage out");
  }

  private static boolean hasAnEffect(Statement statement, String candidate) {
    try {
      boolean selects = statement.execute(candidate);
      boolean changesRows = candidate.startsWith("update ") || candidate.startsWith("delete ");
      return selects || !changesRows || statement.getUpdateCount() > 0;
    } catch (SQLException refused) {
      // A check constraint, say; the next candidate may be allowed.
      return false;
    }
  }

  private static List<String> texts(Statement statement, String query) throws SQLException {
    List<String> texts = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
    }
    return texts;
  }
}
