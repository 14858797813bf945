package dev.drillbook.verification;

import dev.drillbook.site.Postgres;
import dev.drillbook.timeline.Finding;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Every page of every table, and every B-tree index of the database, is sound: by PostgreSQL's own
 * extension amcheck (since version 14), each row of a table being looked for in its indexes. What
 * is found is damage that a query may never notice. Several of the server's processes look, the
 * largest relations first.
 *
 * @param asCopied whether tables and indexes came as files, so that an index may lack rows of its
 *     table; those that a restore has just built from the rows are not compared with them once more
 * @see <a href="https://www.postgresql.org/docs/current/amcheck.html">amcheck</a>
 */
public record SoundFiles(Postgres database, boolean asCopied) implements Check {
  private static final int MOST = 4;

  private static final String RELATIONS =
      "select c.oid, c.oid::regclass::text, c.relkind = 'i'"
          + " from pg_class c left join pg_index i on i.indexrelid = c.oid left join pg_am a on a.oid = c.relam"
          + " where (c.relkind in ('r', 'm') or c.relkind = 'i' and a.amname = 'btree' and i.indisvalid)"
          + " and c.relpersistence <> 't' order by pg_relation_size(c.oid) desc, 2";

  /** A table or an index. */
  private record Relation(long oid, String name, boolean isIndex) {}

  @Override
  public String name() {
    return "sound pages and indexes";
  }

  @Override
  public Examined examine(Evidence evidence) throws Exception {
    try (Connection admin = database.administer(database.database());
        Statement statement = admin.createStatement()) {
      statement.execute("create schema if not exists drillbook_amcheck");
      statement.execute("create extension if not exists amcheck schema drillbook_amcheck");
      statement.execute("set search_path = pg_catalog");
      try {
        return look(relations(statement));
      } finally {
        statement.execute("drop schema drillbook_amcheck cascade");
      }
    }
  }

  private static List<Relation> relations(Statement statement) throws SQLException {
    List<Relation> relations = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery(RELATIONS)) {
      while (rows.next()) {
        relations.add(new Relation(rows.getLong(1), rows.getString(2), rows.getBoolean(3)));
      }
    }
    return relations;
  }

  private Examined look(List<Relation> relations) throws Exception {
    Queue<Relation> left = new ConcurrentLinkedQueue<>(relations);
    Map<Relation, Finding> found = new ConcurrentHashMap<>();
    int lookers = Math.min(MOST, Runtime.getRuntime().availableProcessors());
    ExecutorService threads = Executors.newFixedThreadPool(lookers);
    try {
      Callable<Void> looker =
          () -> {
            look(left, found);
            return null;
          };
      for (Future<Void> each : threads.invokeAll(Collections.nCopies(lookers, looker))) {
        each.get();
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof SQLException cause ? cause : e;
    } finally {
      threads.shutdownNow();
    }
    long indexes = relations.stream().filter(Relation::isIndex).count();
    return new Examined(
        "%d tables, %d indexes".formatted(relations.size() - indexes, indexes),
        relations.size(),
        relations.stream().filter(found::containsKey).map(found::get).toList());
  }

  private void look(Queue<Relation> left, Map<Relation, Finding> found) throws SQLException {
    try (Connection admin = database.administer(database.database());
        Statement statement = admin.createStatement()) {
      // Its own functions, and not what a restored database calls by the same names.
      statement.execute("set search_path = drillbook_amcheck, pg_catalog");
      Relation next;
      while ((next = left.poll()) != null) {
        Relation relation = next;
        (relation.isIndex() ? index(admin, relation) : pages(admin, relation))
            .ifPresent(finding -> found.put(relation, finding));
      }
    }
  }

  private Optional<Finding> pages(Connection admin, Relation table) {
    List<String> damage = new ArrayList<>();
    try (PreparedStatement look =
        admin.prepareStatement("select blkno, offnum, msg from verify_heapam(?::oid::regclass)")) {
      look.setLong(1, table.oid());
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
    return damage.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Finding.fail(
                    name(),
                    "every page of " + table.name() + " is sound",
                    damage.size() + " are not",
                    "the backup holds damage, or its way here did: check the server that it was taken of with pg_amcheck")
                .withExamples(damage));
  }

  private Optional<Finding> index(Connection admin, Relation index) {
    try (PreparedStatement look =
        admin.prepareStatement("select bt_index_check(?::oid::regclass, ?)")) {
      look.setLong(1, index.oid());
      look.setBoolean(2, asCopied);
      look.execute();
      return Optional.empty();
    } catch (SQLException e) {
      return Optional.of(
          Finding.fail(
              name(),
              "index " + index.name() + " agrees with its table",
              String.valueOf(e.getMessage()),
              "REINDEX it, and check the server that the backup was taken of with pg_amcheck"));
    }
  }
}
