package dev.drillbook.snapshot;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What has to be noted when a snapshot is opened, since it obeys none: which file each table is in,
 * and how far each sequence is.
 *
 * <p>TRUNCATE, and an ALTER TABLE that rewrites, give a table a new file without rows of old
 * snapshots, which then see it empty (the "Caveats" of PostgreSQL's chapter on concurrency
 * control). VACUUM FULL and CLUSTER give it a new file too, but keep those rows.
 *
 * @param files by the table's OID; of partitions, not of partitioned tables
 * @param lastValues of the sequences that have handed out any, by OID
 */
record Opening(Map<Long, File> files, Map<Long, Long> lastValues) {

  /**
   * The file of a table.
   *
   * @param root the OID of the table that it is a partition of, else its own
   * @param node changes when the file is replaced
   */
  record File(long root, long node) {}

  /** Of a table without a block nothing can be lost. */
  private static final String NOTES =
      "select c.oid::int8, c.relkind = 'S', coalesce(pg_partition_root(c.oid)::oid, c.oid)::int8,"
          + " case when c.relkind = 'r' and pg_relation_size(c.oid) > 0 then pg_relation_filenode(c.oid)::int8 end,"
          + " case when c.relkind = 'S' and has_sequence_privilege(c.oid, 'usage, select')"
          + " then pg_sequence_last_value(c.oid) end"
          + " from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind in ('r', 'S')"
          + " and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'";

  private static final String NODES =
      "select o::int8, pg_relation_filenode(o)::int8, o::regclass::text from unnest(?::oid[]) o";

  /** The transaction's first query, which takes its snapshot. */
  static Opening note(Statement statement) throws SQLException {
    Map<Long, File> files = new HashMap<>();
    Map<Long, Long> lastValues = new HashMap<>();
    try (ResultSet rows = statement.executeQuery(NOTES)) {
      while (rows.next()) {
        long oid = rows.getLong(1);
        long noted = rows.getLong(rows.getBoolean(2) ? 5 : 4);
        if (rows.wasNull()) {
          continue;
        }
        if (rows.getBoolean(2)) {
          lastValues.put(oid, noted);
        } else {
          files.put(oid, new File(rows.getLong(3), noted));
        }
      }
    }
    return new Opening(files, lastValues);
  }

  /**
   * The tables whose rows are gone from the snapshot, by their names in {@code shapes}. To be asked
   * before they are read, for their columns need not be those of the snapshot any more, and
   * afterwards, when locks keep them as they are.
   */
  Set<String> replaced(Connection connection, List<TableShape> shapes) throws SQLException {
    Map<Long, Optional<String>> moved = moved(connection);
    Set<String> replaced = new TreeSet<>();
    try (Statement statement = connection.createStatement()) {
      for (Map.Entry<Long, Optional<String>> table : moved.entrySet()) {
        if (table.getValue().isEmpty() || isEmpty(statement, table.getValue().get())) {
          long root = files.get(table.getKey()).root();
          shapes.stream()
              .filter(shape -> shape.oid() == root)
              .map(TableShape::name)
              .forEach(replaced::add);
        }
      }
    }
    return replaced;
  }

  /** The OIDs of tables that are in another file now, and their names; none where they are gone. */
  private Map<Long, Optional<String>> moved(Connection connection) throws SQLException {
    Map<Long, Optional<String>> moved = new HashMap<>();
    try (var statement = connection.prepareStatement(NODES)) {
      statement.setArray(
          1, connection.createArrayOf("oid", new ArrayList<>(files.keySet()).toArray()));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          long oid = rows.getLong(1);
          long node = rows.getLong(2);
          boolean gone = rows.wasNull();
          if (gone || node != files.get(oid).node()) {
            moved.put(oid, gone ? Optional.empty() : Optional.of(rows.getString(3)));
          }
        }
      }
    }
    return moved;
  }

  private static boolean isEmpty(Statement statement, String table) throws SQLException {
    try (ResultSet row =
        statement.executeQuery("select not exists (select from only " + table + ")")) {
      row.next();
      return row.getBoolean(1);
    }
  }
}
