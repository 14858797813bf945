package dev.drillbook.verification;

import dev.drillbook.site.Postgres;
import dev.drillbook.timeline.Finding;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Every page of every table, and every B-tree index of the database, is sound: by PostgreSQL's own
 * extension amcheck (since version 14), each row of a table being looked for in its indexes. What
 * is found is damage that a query may never notice.
 *
 * @see <a href="https://www.postgresql.org/docs/current/amcheck.html">amcheck</a>
 */
public record SoundFiles(Postgres database) implements Check {
  private static final String RELATIONS =
      "select c.oid, c.oid::regclass::text, c.relkind = 'i'"
          + " from pg_class c left join pg_index i on i.indexrelid = c.oid left join pg_am a on a.oid = c.relam"
          + " where (c.relkind in ('r', 'm') or c.relkind = 'i' and a.amname = 'btree' and i.indisvalid)"
          + " and c.relpersistence <> 't' order by 2";

  @Override
  public String name() {
    return "sound pages and indexes";
  }

  @Override
  public Examined examine(Evidence evidence) throws SQLException {
    try (Connection admin = database.administer(database.database());
        Statement statement = admin.createStatement()) {
      statement.execute("create schema if not exists drillbook_amcheck");
      statement.execute("create extension if not exists amcheck schema drillbook_amcheck");
      // Its own functions, and not what a restored database calls by the same names.
      statement.execute("set search_path = drillbook_amcheck, pg_catalog");
      try {
        return look(admin, statement);
      } finally {
        statement.execute("drop schema drillbook_amcheck cascade");
      }
    }
  }

  private Examined look(Connection admin, Statement statement) throws SQLException {
    Map<Long, String> tables = new LinkedHashMap<>();
    Map<Long, String> indexes = new LinkedHashMap<>();
    try (ResultSet rows = statement.executeQuery(RELATIONS)) {
      while (rows.next()) {
        (rows.getBoolean(3) ? indexes : tables).put(rows.getLong(1), rows.getString(2));
      }
    }
    List<Finding> findings = new ArrayList<>();
    for (Map.Entry<Long, String> table : tables.entrySet()) {
      pages(admin, table.getKey(), table.getValue(), findings);
    }
    for (Map.Entry<Long, String> index : indexes.entrySet()) {
      index(admin, index.getKey(), index.getValue(), findings);
    }
    return new Examined(
        tables.size() + " tables, " + indexes.size() + " indexes",
        tables.size() + indexes.size(),
        findings);
  }

  private void pages(Connection admin, long table, String name, List<Finding> findings)
      throws SQLException {
    List<String> damage = new ArrayList<>();
    try (PreparedStatement look =
        admin.prepareStatement("select blkno, offnum, msg from verify_heapam(?::oid::regclass)")) {
      look.setLong(1, table);
      try (ResultSet rows = look.executeQuery()) {
        while (rows.next()) {
          damage.add(
              "page %s, row %s: %s"
                  .formatted(rows.getString(1), rows.getString(2), rows.getString(3)));
        }
      }
    } catch (SQLException e) {
      damage.add(e.getMessage());
    }
    if (!damage.isEmpty()) {
      findings.add(
          Finding.fail(
                  name(),
                  "every page of " + name + " is sound",
                  damage.size() + " are not",
                  "the backup holds damage, or its way here did: check the server that it was taken of with pg_amcheck")
              .withExamples(damage));
    }
  }

  private void index(Connection admin, long index, String name, List<Finding> findings) {
    try (PreparedStatement look =
        admin.prepareStatement("select bt_index_check(?::oid::regclass, true)")) {
      look.setLong(1, index);
      look.execute();
    } catch (SQLException e) {
      findings.add(
          Finding.fail(
              name(),
              "index " + name + " agrees with its table",
              String.valueOf(e.getMessage()),
              "REINDEX it, and check the server that the backup was taken of with pg_amcheck"));
    }
  }
}
