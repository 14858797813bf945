package dev.drillbook.snapshot;

import dev.drillbook.snapshot.Column.Encoding;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads from the catalogue how each ordinary table outside the system's own schemas is read. */
final class ShapeReader {
  private static final String NOT_NULL =
      "a.attnotnull and not exists (select 1 from pg_constraint v where v.conrelid = a.attrelid"
          + " and v.contype = 'n' and v.conkey[1] = a.attnum and not v.convalidated)";

  private static final String TABLES =
      "select c.oid, case n.nspname when 'public' then '' else "
          + part("n.nspname")
          + " || '.' end || "
          + part("c.relname")
          + " as name,"
          + " quote_ident(n.nspname) || '.' || quote_ident(c.relname) as qualified, c.relkind = 'p' as partitioned"
          + " from pg_class c join pg_namespace n on n.oid = c.relnamespace"
          + " where c.relkind in ('r', 'p') and not c.relispartition and n.nspname !~ '^pg_'"
          + " and n.nspname <> 'information_schema'";

  /**
   * A domain's values are read as those of the type below it, by their text: an output function
   * need not take a domain's. From PostgreSQL 18 on, a column is marked not null also by a
   * constraint that is not valid, and can hold NULL all the same.
   */
  private static final String COLUMNS =
      "select a.attrelid, quote_ident(a.attname), format_type(a.atttypid, a.atttypmod),"
          + " quote_ident(fn.nspname) || '.' || quote_ident(f.proname), not ("
          + NOT_NULL
          + "), case when t.typnamespace = 'pg_catalog'::regnamespace then t.typname else '' end, a.atttypmod,"
          + " case when t.typtype = 'd' then (with recursive b (oid) as (select t.typbasetype union all"
          + " select d.typbasetype from b join pg_type d on d.oid = b.oid where d.typtype = 'd')"
          + " select format_type(b.oid, -1) from b join pg_type d on d.oid = b.oid where d.typtype <> 'd') end"
          + " from pg_attribute a join pg_type t on t.oid = a.atttypid"
          + " join pg_proc f on f.oid = t.typoutput join pg_namespace fn on fn.oid = f.pronamespace"
          + " where a.attrelid = any (?) and a.attnum > 0 and not a.attisdropped order by a.attrelid, a.attnum";

  /** An operator class of an extension's, as citext_ops, lives in the extension's schema. */
  private static final String KEYS =
      "select distinct on (i.indrelid) i.indrelid, array(select quote_ident(a.attname)"
          + " from unnest(i.indkey::int2[]) with ordinality k (attnum, position)"
          + " join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum"
          + " where k.position <= i.indnkeyatts order by k.position), not exists"
          + " (select 1 from unnest(i.indclass::oid[]) k (opclass) join pg_opclass o on o.oid = k.opclass"
          + " where o.opcnamespace <> 'pg_catalog'::regnamespace)"
          + " from pg_index i where i.indrelid = any (?) and i.indisunique and i.indisvalid and i.indimmediate"
          + " and i.indpred is null and i.indexprs is null and not exists"
          + " (select 1 from unnest(i.indkey::int2[]) with ordinality k (attnum, position)"
          + " join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum"
          + " where k.position <= i.indnkeyatts and not ("
          + NOT_NULL
          + ")) order by i.indrelid, i.indisprimary desc, i.indnkeyatts, i.indexrelid";

  private static final String SIZES =
      "select r.root, sum(pg_relation_size(c.oid)) / current_setting('block_size')::int8, sum(pg_table_size(c.oid))"
          + " from unnest(?::oid[]) r (root) cross join lateral (select r.root as relid union"
          + " select p.relid from pg_partition_tree(r.root) p where p.isleaf) p"
          + " join pg_class c on c.oid = p.relid where c.relkind = 'r' group by r.root";

  /** What the files of a table take. */
  private record Size(long blocks, long bytes) {}

  /** The names of a key's columns. */
  private record Key(List<String> columns, boolean keyOrder) {}

  private ShapeReader() {}

  /** A name is only quoted where it would otherwise read as two. */
  private static String part(String name) {
    return "case when position('.' in "
        + name
        + ") > 0 then quote_ident("
        + name
        + ") else "
        + name
        + "::text end";
  }

  /** All tables, in no order. */
  static List<TableShape> read(Connection connection) throws SQLException {
    List<Long> oids = new ArrayList<>();
    List<TableShape> shapes = new ArrayList<>();
    Map<Long, String[]> names = new LinkedHashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(TABLES)) {
      while (rows.next()) {
        oids.add(rows.getLong(1));
        String only = rows.getBoolean(4) ? "" : "only ";
        names.put(
            rows.getLong(1), new String[] {rows.getString(2), only + rows.getString(3) + " t"});
      }
    }
    Map<Long, List<Column>> columns = columns(connection, oids);
    Map<Long, Key> keys = keys(connection, oids);
    Map<Long, Size> sizes = sizes(connection, oids);
    names.forEach(
        (oid, name) -> {
          List<Column> own = columns.getOrDefault(oid, List.of());
          Key found = keys.getOrDefault(oid, new Key(List.of(), true));
          List<Column> key = found.columns().stream().map(column -> byName(own, column)).toList();
          Size size = sizes.getOrDefault(oid, new Size(0, 0));
          shapes.add(
              new TableShape(
                  oid, name[0], name[1], own, key, found.keyOrder(), size.blocks(), size.bytes()));
        });
    return shapes;
  }

  private static Column byName(List<Column> columns, String name) {
    return columns.stream().filter(column -> column.name().equals(name)).findFirst().orElseThrow();
  }

  private interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  private static <T> Map<Long, List<T>> byTable(
      Connection connection, String query, List<Long> oids, RowReader<T> reader)
      throws SQLException {
    Map<Long, List<T>> found = new LinkedHashMap<>();
    try (var statement = connection.prepareStatement(query)) {
      statement.setArray(1, connection.createArrayOf("oid", oids.toArray()));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.computeIfAbsent(rows.getLong(1), oid -> new ArrayList<>()).add(reader.read(rows));
        }
      }
    }
    return found;
  }

  private static Map<Long, List<Column>> columns(Connection connection, List<Long> oids)
      throws SQLException {
    return byTable(
        connection,
        COLUMNS,
        oids,
        row ->
            new Column(
                row.getString(2),
                row.getString(3),
                row.getString(4),
                Optional.ofNullable(row.getString(8)),
                row.getBoolean(5),
                encoding(row.getString(6), row.getInt(7))));
  }

  private static Encoding encoding(String type, int modifier) {
    return switch (type) {
      case "bool" -> Encoding.BOOLEAN;
      case "int2" -> Encoding.INT2;
      case "int4" -> Encoding.INT4;
      case "int8" -> Encoding.INT8;
      case "oid" -> Encoding.OID;
      case "float4" -> Encoding.FLOAT4;
      case "float8" -> Encoding.FLOAT8;
      case "uuid" -> Encoding.UUID;
      case "text", "varchar" -> Encoding.TEXT;
      case "bpchar" -> modifier > 0 ? Encoding.PADDED : Encoding.OUTPUT;
      default -> Encoding.OUTPUT;
    };
  }

  private static Map<Long, Key> keys(Connection connection, List<Long> oids) throws SQLException {
    return single(
        byTable(
            connection,
            KEYS,
            oids,
            row -> new Key(List.of((String[]) row.getArray(2).getArray()), row.getBoolean(3))));
  }

  private static Map<Long, Size> sizes(Connection connection, List<Long> oids) throws SQLException {
    return single(
        byTable(connection, SIZES, oids, row -> new Size(row.getLong(2), row.getLong(3))));
  }

  private static <T> Map<Long, T> single(Map<Long, List<T>> byTable) {
    Map<Long, T> found = new LinkedHashMap<>();
    byTable.forEach((oid, one) -> found.put(oid, one.get(0)));
    return found;
  }
}
