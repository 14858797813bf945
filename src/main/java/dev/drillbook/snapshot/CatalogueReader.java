package dev.drillbook.snapshot;

import dev.drillbook.snapshot.SchemaImage.SequenceImage;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads the catalogue within a transaction that goes on. Everything happens behind a savepoint that
 * is rolled back and released, since a subtransaction cannot hand its snapshot on: the locks that
 * looking takes must not stand in the way of a later step, and a sequence that may not be read must
 * not end the transaction.
 */
final class CatalogueReader {
  private static final String OURS =
      "n.nspname !~ '^pg_' and n.nspname <> 'information_schema' and not exists"
          + " (select 1 from pg_depend e where e.objid = %1$s.oid and e.classid = %1$s.tableoid and e.deptype = 'e')";

  /**
   * Each gives an object's kind and name, and its definition; an empty search path makes names
   * full.
   */
  private static final List<String> OBJECTS =
      List.of(
          "select 'schema ' || quote_ident(n.nspname), '' from pg_namespace n where " + ours("n"),
          "select 'table ' || c.oid::regclass, concat_ws(' ', c.relkind, c.relpersistence,"
              + " pg_get_partkeydef(c.oid), pg_get_expr(c.relpartbound, c.oid),"
              + " case when c.relrowsecurity then 'row level security' end)"
              + " from pg_class c join pg_namespace n on n.oid = c.relnamespace"
              + " where c.relkind in ('r', 'p', 'f') and "
              + ours("c"),
          "select 'column ' || c.oid::regclass || '.' || quote_ident(a.attname), concat_ws(' ',"
              + " format_type(a.atttypid, a.atttypmod), case when a.attnotnull then 'not null' end,"
              + " case a.attidentity when 'a' then 'always as identity' when 'd' then 'by default as identity' end,"
              + " case a.attgenerated when 's' then 'generated' end, 'default ' || pg_get_expr(d.adbin, d.adrelid))"
              + " from pg_class c join pg_namespace n on n.oid = c.relnamespace"
              + " join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped"
              + " left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum"
              + " where c.relkind in ('r', 'p', 'f') and "
              + ours("c"),
          "select 'constraint ' || quote_ident(c.conname) || ' on ' || case when c.conrelid <> 0"
              + " then c.conrelid::regclass::text else c.contypid::regtype::text end, pg_get_constraintdef(c.oid)"
              + " from pg_constraint c join pg_namespace n on n.oid = c.connamespace"
              + " where c.contype in ('p', 'u', 'f', 'c', 'x') and c.conparentid = 0 and "
              + ours("c"),
          "select 'index ' || c.oid::regclass, pg_get_indexdef(c.oid) || case when i.indisvalid then '' else ' INVALID' end"
              + " from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_index i on i.indexrelid = c.oid"
              + " where not c.relispartition and "
              + ours("c"),
          "select 'view ' || c.oid::regclass, concat(case c.relkind when 'm' then 'materialized ' end, pg_get_viewdef(c.oid))"
              + " from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind in ('v', 'm') and "
              + ours("c"),
          "select 'trigger ' || quote_ident(t.tgname) || ' on ' || t.tgrelid::regclass,"
              + " pg_get_triggerdef(t.oid) || case t.tgenabled when 'O' then '' else ' enabled: ' || t.tgenabled::text end"
              + " from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace"
              + " where not t.tgisinternal and t.tgparentid = 0 and "
              + ours("c"),
          "select 'sequence ' || c.oid::regclass, concat_ws(' ', format_type(q.seqtypid, null), 'from', q.seqstart, 'by',"
              + " q.seqincrement, 'within', q.seqmin, q.seqmax, 'cache', q.seqcache, case when q.seqcycle then 'cycle' end,"
              + " (select 'of ' || d.refobjid::regclass || '.' || quote_ident(a.attname) from pg_depend d"
              + " join pg_attribute a on a.attrelid = d.refobjid and a.attnum = d.refobjsubid"
              + " where d.objid = c.oid and d.classid = 'pg_class'::regclass and d.refclassid = 'pg_class'::regclass"
              + " and d.deptype in ('a', 'i') limit 1))"
              + " from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_sequence q on q.seqrelid = c.oid where "
              + ours("c"),
          "select 'function ' || p.oid::regprocedure, pg_get_functiondef(p.oid)"
              + " from pg_proc p join pg_namespace n on n.oid = p.pronamespace where p.prokind <> 'a' and "
              + ours("p"),
          "select 'type ' || t.oid::regtype, (select string_agg(quote_literal(l.enumlabel), ', ' order by l.enumsortorder)"
              + " from pg_enum l where l.enumtypid = t.oid)"
              + " from pg_type t join pg_namespace n on n.oid = t.typnamespace where t.typtype = 'e' and "
              + ours("t"),
          "select 'domain ' || t.oid::regtype, concat_ws(' ', format_type(t.typbasetype, t.typtypmod),"
              + " case when t.typnotnull then 'not null' end, 'default ' || t.typdefault)"
              + " from pg_type t join pg_namespace n on n.oid = t.typnamespace where t.typtype = 'd' and "
              + ours("t"),
          "select 'policy ' || quote_ident(p.polname) || ' on ' || p.polrelid::regclass, concat_ws(' ', p.polcmd,"
              + " p.polpermissive, pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid))"
              + " from pg_policy p join pg_class c on c.oid = p.polrelid join pg_namespace n on n.oid = c.relnamespace where "
              + ours("c"),
          "select 'extension ' || quote_ident(extname), '' from pg_extension");

  private static final String OWNED =
      "select s.oid::regclass::text, d.refobjid::regclass::text, quote_ident(a.attname), q.seqincrement"
          + " from pg_class s join pg_sequence q on q.seqrelid = s.oid"
          + " join pg_depend d on d.objid = s.oid and d.classid = 'pg_class'::regclass"
          + " and d.refclassid = 'pg_class'::regclass and d.deptype in ('a', 'i')"
          + " join pg_attribute a on a.attrelid = d.refobjid and a.attnum = d.refobjsubid"
          + " where s.relkind = 'S' order by 1";

  private CatalogueReader() {}

  private static String ours(String alias) {
    return OURS.formatted(alias);
  }

  static SchemaImage read(Connection transaction) throws SQLException {
    Savepoint before = transaction.setSavepoint();
    try (Statement statement = transaction.createStatement()) {
      statement.execute("set local search_path = public");
      List<SequenceImage> sequences = new ArrayList<>();
      for (SequenceImage owned : owned(statement)) {
        sequences.add(read(transaction, statement, owned));
      }
      statement.execute("set local search_path = ''");
      SortedMap<String, String> objects = new TreeMap<>();
      for (String query : OBJECTS) {
        try (ResultSet rows = statement.executeQuery(query)) {
          while (rows.next()) {
            objects.put(rows.getString(1), String.valueOf(rows.getString(2)));
          }
        }
      }
      return new SchemaImage(objects, List.copyOf(sequences));
    } finally {
      transaction.rollback(before);
      transaction.releaseSavepoint(before);
    }
  }

  private static List<SequenceImage> owned(Statement statement) throws SQLException {
    List<SequenceImage> all = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery(OWNED)) {
      while (rows.next()) {
        all.add(
            new SequenceImage(
                rows.getString(1),
                rows.getString(2),
                rows.getString(3),
                rows.getLong(4),
                Optional.empty(),
                Optional.empty(),
                ""));
      }
    }
    return all;
  }

  private static SequenceImage read(
      Connection transaction, Statement statement, SequenceImage owned) throws SQLException {
    Savepoint before = transaction.setSavepoint();
    String query =
        "select (select %s(%s) from %s), case when is_called then last_value + %d else last_value end from %s"
            .formatted(
                owned.increment() > 0 ? "max" : "min",
                owned.column(),
                owned.table(),
                owned.increment(),
                owned.sequence());
    Optional<Long> held = Optional.empty();
    Optional<Long> next = Optional.empty();
    String problem = "";
    try (ResultSet row = statement.executeQuery(query)) {
      row.next();
      held = Optional.ofNullable(row.getString(1)).map(Long::valueOf);
      next = Optional.of(row.getLong(2));
    } catch (SQLException | NumberFormatException unreadable) {
      problem = unreadable.getMessage();
      transaction.rollback(before);
    }
    return new SequenceImage(
        owned.sequence(), owned.table(), owned.column(), owned.increment(), held, next, problem);
  }
}
