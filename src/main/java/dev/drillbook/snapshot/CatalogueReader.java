package dev.drillbook.snapshot;

import dev.drillbook.snapshot.SchemaImage.Counter;
import dev.drillbook.snapshot.SchemaImage.SequenceImage;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads the catalogue within a transaction that goes on. Everything happens behind a savepoint that
 * is rolled back and released, since a subtransaction cannot hand its snapshot on: the locks that
 * looking takes must not stand in the way of a later step, and a sequence that may not be read must
 * not end the transaction.
 */
final class CatalogueReader {
  /**
   * Each gives an object's kind and name, and its definition; an empty search path makes names
   * full.
   */
  private static final List<String> OBJECTS =
      List.of(
          "select 'schema ' || quote_ident(n.nspname), '' from pg_namespace n where " + ours("n"),
          "select 'table ' || c.oid::regclass, concat_ws(' ', c.relkind, c.relpersistence,"
              + " pg_get_partkeydef(c.oid), pg_get_expr(c.relpartbound, c.oid),"
              + " case when c.relrowsecurity then 'row level security' end,"
              + " case when c.relforcerowsecurity then 'forced' end, 'with ' || array_to_string(c.reloptions, ', '),"
              + " case c.relreplident when 'f' then 'replica identity full' when 'n' then 'replica identity nothing' end,"
              + " case when not c.relispartition then 'inherits ' || (select string_agg(h.inhparent::regclass::text, ', '"
              + " order by h.inhseqno) from pg_inherits h where h.inhrelid = c.oid) end)"
              + " from pg_class c join pg_namespace n on n.oid = c.relnamespace"
              + " where c.relkind in ('r', 'p', 'f') and "
              + ours("c"),
          "select 'column ' || c.oid::regclass || '.' || quote_ident(a.attname), concat_ws(' ',"
              + " 'number ' || row_number() over (partition by c.oid order by a.attnum), format_type(a.atttypid, a.atttypmod), "
              + collation("a.attcollation", "a.atttypid")
              + ", case when a.attnotnull then 'not null' end,"
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
              + " from pg_proc p join pg_namespace n on n.oid = p.pronamespace where p.prokind <> 'a' and not exists"
              + " (select 1 from pg_depend i where i.objid = p.oid and i.classid = p.tableoid and i.deptype = 'i') and "
              + ours("p"),
          "select 'type ' || t.oid::regtype, (select string_agg(quote_literal(l.enumlabel), ', ' order by l.enumsortorder)"
              + " from pg_enum l where l.enumtypid = t.oid)"
              + " from pg_type t join pg_namespace n on n.oid = t.typnamespace where t.typtype = 'e' and "
              + ours("t"),
          "select 'domain ' || t.oid::regtype, concat_ws(' ', format_type(t.typbasetype, t.typtypmod), "
              + collation("t.typcollation", "t.typbasetype")
              + ","
              + " case when t.typnotnull then 'not null' end, 'default ' || t.typdefault)"
              + " from pg_type t join pg_namespace n on n.oid = t.typnamespace where t.typtype = 'd' and "
              + ours("t"),
          "select 'type ' || t.oid::regtype, string_agg(concat_ws(' ', quote_ident(a.attname),"
              + " format_type(a.atttypid, a.atttypmod), "
              + collation("a.attcollation", "a.atttypid")
              + "), ', ' order by a.attnum) from pg_type t join pg_namespace n on n.oid = t.typnamespace"
              + " join pg_class k on k.oid = t.typrelid and k.relkind = 'c'"
              + " left join pg_attribute a on a.attrelid = k.oid and a.attnum > 0 and not a.attisdropped where "
              + ours("t")
              + " group by t.oid",
          "select 'type ' || t.oid::regtype, concat_ws(' ', 'range of', format_type(r.rngsubtype, null), "
              + collation("r.rngcollation", "r.rngsubtype")
              + ", nullif(r.rngcanonical::oid, 0)::regproc, nullif(r.rngsubdiff::oid, 0)::regproc,"
              + " (select o.opcname from pg_opclass o where o.oid = r.rngsubopc))"
              + " from pg_range r join pg_type t on t.oid = r.rngtypid join pg_namespace n on n.oid = t.typnamespace where "
              + ours("t"),
          "select 'aggregate ' || p.oid::regprocedure, concat_ws(' ', a.aggkind, a.aggnumdirectargs, format_type(p.prorettype, null),"
              + " 'sfunc', a.aggtransfn, 'stype', format_type(a.aggtranstype, null), 'finalfunc', nullif(a.aggfinalfn::oid, 0)::regproc,"
              + " a.aggfinalmodify, 'combinefunc', nullif(a.aggcombinefn::oid, 0)::regproc, 'msfunc', nullif(a.aggmtransfn::oid, 0)::regproc,"
              + " nullif(a.aggminvtransfn::oid, 0)::regproc, 'sortop', nullif(a.aggsortop, 0)::regoper, p.proparallel,"
              + " 'initcond ' || quote_literal(a.agginitval))"
              + " from pg_aggregate a join pg_proc p on p.oid = a.aggfnoid join pg_namespace n on n.oid = p.pronamespace where "
              + ours("p"),
          "select 'statistics ' || quote_ident(n.nspname) || '.' || quote_ident(x.stxname), concat_ws(' ',"
              + " pg_get_statisticsobjdef(x.oid), nullif(x.stxstattarget, -1))"
              + " from pg_statistic_ext x join pg_namespace n on n.oid = x.stxnamespace where "
              + ours("x"),
          "select 'rule ' || quote_ident(r.rulename) || ' on ' || r.ev_class::regclass,"
              + " pg_get_ruledef(r.oid) || case r.ev_enabled when 'O' then '' else ' enabled: ' || r.ev_enabled::text end"
              + " from pg_rewrite r join pg_class c on c.oid = r.ev_class join pg_namespace n on n.oid = c.relnamespace"
              + " where r.rulename <> '_RETURN' and "
              + ours("c"),
          "select 'policy ' || quote_ident(p.polname) || ' on ' || p.polrelid::regclass, concat_ws(' ', p.polcmd,"
              + " p.polpermissive, pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid))"
              + " from pg_policy p join pg_class c on c.oid = p.polrelid join pg_namespace n on n.oid = c.relnamespace where "
              + ours("c"),
          "select 'extension ' || quote_ident(x.extname), concat_ws(' ', 'version', x.extversion, 'in', quote_ident(n.nspname))"
              + " from pg_extension x join pg_namespace n on n.oid = x.extnamespace");

  /** A column that is fed by a sequence owns it, or has nothing but its next value as default. */
  private static final String FED =
      "select s.oid::int8, s.oid::regclass::text, d.refobjid::regclass::text, quote_ident(a.attname), q.seqincrement"
          + " from pg_class s join pg_sequence q on q.seqrelid = s.oid"
          + " join pg_depend d on d.objid = s.oid and d.classid = 'pg_class'::regclass"
          + " and d.refclassid = 'pg_class'::regclass and d.deptype in ('a', 'i')"
          + " join pg_attribute a on a.attrelid = d.refobjid and a.attnum = d.refobjsubid"
          + " where s.relkind = 'S' union"
          + " select s.oid::int8, s.oid::regclass::text, t.oid::regclass::text, quote_ident(a.attname), q.seqincrement"
          + " from pg_attrdef f join pg_depend d on d.classid = 'pg_attrdef'::regclass and d.objid = f.oid"
          + " and d.refclassid = 'pg_class'::regclass and d.deptype = 'n'"
          + " join pg_class s on s.oid = d.refobjid and s.relkind = 'S' join pg_sequence q on q.seqrelid = s.oid"
          + " join pg_class t on t.oid = f.adrelid and t.relkind in ('r', 'p') and not t.relispartition"
          + " join pg_attribute a on a.attrelid = t.oid and a.attnum = f.adnum"
          + " and a.atttypid in ('int2'::regtype, 'int4'::regtype, 'int8'::regtype, 'numeric'::regtype)"
          + " where pg_get_expr(f.adbin, f.adrelid) ~ '^[(]?nextval[(]''[^'']*''::regclass[)]([)]::[a-z]+)?$'"
          + " order by 2, 3, 4";

  private static final String COUNTERS =
      "select c.oid::int8, c.oid::regclass::text, q.seqincrement, q.seqcycle from pg_class c"
          + " join pg_namespace n on n.oid = c.relnamespace join pg_sequence q on q.seqrelid = c.oid where "
          + ours("c");

  private CatalogueReader() {}

  private static String ours(String alias) {
    return "n.nspname !~ '^pg_' and n.nspname <> 'information_schema' and not exists (select 1 from pg_depend e where e.objid = "
        + alias
        + ".oid and e.classid = "
        + alias
        + ".tableoid and e.deptype = 'e')";
  }

  /** The collation of a column, attribute or domain, where it is not its type's own. */
  private static String collation(String collation, String type) {
    return "(select 'collate ' || o.oid::regcollation from pg_collation o join pg_type y on y.oid = "
        + type
        + " where o.oid = "
        + collation
        + " and o.oid <> y.typcollation)";
  }

  /**
   * Reads all.
   *
   * @param lastValues of sequences, by OID
   */
  static SchemaImage read(Connection transaction, Map<Long, Long> lastValues) throws SQLException {
    Savepoint before = transaction.setSavepoint();
    try (Statement statement = transaction.createStatement()) {
      statement.execute("set local search_path = public");
      Set<Long> feeding = new HashSet<>();
      List<SequenceImage> sequences = new ArrayList<>();
      for (SequenceImage fed : fed(statement, feeding)) {
        sequences.add(read(transaction, statement, fed));
      }
      SortedMap<String, Counter> counters = counters(statement, feeding, lastValues);
      statement.execute("set local search_path = ''");
      SortedMap<String, String> objects = new TreeMap<>();
      for (String query : OBJECTS) {
        try (ResultSet rows = statement.executeQuery(query)) {
          while (rows.next()) {
            objects.put(rows.getString(1), String.valueOf(rows.getString(2)));
          }
        }
      }
      return new SchemaImage(objects, List.copyOf(sequences), counters);
    } finally {
      transaction.rollback(before);
      transaction.releaseSavepoint(before);
    }
  }

  private static List<SequenceImage> fed(Statement statement, Set<Long> feeding)
      throws SQLException {
    List<SequenceImage> all = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery(FED)) {
      while (rows.next()) {
        feeding.add(rows.getLong(1));
        all.add(
            new SequenceImage(
                rows.getString(2),
                rows.getString(3),
                rows.getString(4),
                rows.getLong(5),
                Optional.empty(),
                Optional.empty(),
                ""));
      }
    }
    return all;
  }

  private static SortedMap<String, Counter> counters(
      Statement statement, Set<Long> feeding, Map<Long, Long> lastValues) throws SQLException {
    SortedMap<String, Counter> counters = new TreeMap<>();
    try (ResultSet rows = statement.executeQuery(COUNTERS)) {
      while (rows.next()) {
        if (!feeding.contains(rows.getLong(1))) {
          Optional<Long> last = Optional.ofNullable(lastValues.get(rows.getLong(1)));
          counters.put(rows.getString(2), new Counter(rows.getLong(3), rows.getBoolean(4), last));
        }
      }
    }
    return counters;
  }

  private static SequenceImage read(Connection transaction, Statement statement, SequenceImage fed)
      throws SQLException {
    Savepoint before = transaction.setSavepoint();
    String query =
        "select (select "
            + (fed.increment() > 0 ? "max(" : "min(")
            + fed.column()
            + ") from "
            + fed.table()
            + "), case when is_called then last_value + "
            + fed.increment()
            + " else last_value end from "
            + fed.sequence();
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
        fed.sequence(), fed.table(), fed.column(), fed.increment(), held, next, problem);
  }
}
