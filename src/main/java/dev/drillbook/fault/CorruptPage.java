package dev.drillbook.fault;

import dev.drillbook.site.Postgres;
import dev.drillbook.timeline.DrillException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/**
 * One page of a table, or of one of its indexes, is garbage on disk, as after a torn write or a bad
 * disk. The server is stopped for the moment that it takes, and started again: else it would go on
 * reading the page from its cache, and write it back.
 */
@About(
    kind = About.Kind.DATA,
    does =
        "overwrites a page of a table, or of one of its B-tree indexes, with noise on disk; the server is restarted for it",
    hits = "PostgreSQL",
    needs = "it runs",
    bites = "reading all of it fails, with the error of corrupted data")
public record CorruptPage(Postgres target, String table, boolean ofAnIndex) implements Fault {
  /** data_corrupted and index_corrupted, in appendix A of PostgreSQL's manual. */
  private static final Set<String> CORRUPTED = Set.of("XX001", "XX002");

  private static final String INDEX =
      "select i.indexrelid::regclass::text from pg_index i join pg_class c on c.oid = i.indexrelid"
          + " join pg_am a on a.oid = c.relam where i.indrelid = ?::regclass and a.amname = 'btree'"
          + " and i.indpred is null and i.indexprs is null order by i.indisprimary desc, 1 limit 1";

  /** A page of the table's heap. */
  public static Fault corruptHeapPage(Postgres target, String table) {
    return new CorruptPage(target, table, false);
  }

  /** A page of its primary key's index, or of another B-tree index where it has none. */
  public static Fault corruptIndexPage(Postgres target, String table) {
    return new CorruptPage(target, table, true);
  }

  private record Place(String relation, String file, long block, int pageSize) {}

  @Override
  public String name() {
    return "corrupt a page of "
        + (ofAnIndex ? "an index of " : "")
        + table
        + " in "
        + target.name();
  }

  @Override
  public ActiveFault inject(Scene scene) {
    Place place = Admin.in(target, name(), connection -> choose(connection, scene));
    byte[] garbage = new byte[place.pageSize()];
    scene.chance().nextBytes(garbage);
    target.stop();
    target.files().write(place.file(), place.block() * place.pageSize(), garbage);
    target.start();
    return ActiveFault.over(
        List.of(
            "block "
                + place.block()
                + " of "
                + place.relation()
                + ": "
                + place.pageSize()
                + " bytes from "
                + place.block() * place.pageSize()
                + " on in "
                + place.file()),
        this::look);
  }

  /** A B-tree's first page, which tells where its root is, is left alone: it would be no page. */
  private Place choose(Connection connection, Scene scene) throws SQLException {
    String relation = Admin.table(table);
    if (ofAnIndex) {
      List<String> indexes = Admin.texts(connection, INDEX, relation);
      if (indexes.isEmpty()) {
        throw new DrillException(
            table + " has no B-tree index of plain columns", "name a table that has one");
      }
      relation = indexes.get(0);
    }
    int pageSize = (int) Admin.number(connection, "select current_setting('block_size')::int8");
    String file =
        Admin.texts(connection, "select pg_relation_filepath(?::regclass)", relation).get(0);
    if (file == null) {
      throw new DrillException(
          relation + " has no file of its own", "name a partition: a partitioned table is none");
    }
    long blocks =
        Admin.number(connection, "select pg_relation_size(?::regclass)", relation) / pageSize;
    long first = ofAnIndex ? 1 : 0;
    // Files are split at 1 GiB; the first is enough to choose from.
    long last = Math.min(blocks, (1L << 30) / pageSize);
    if (last <= first) {
      throw new DrillException(
          relation + " is empty: it has no page", "fill it before the disaster");
    }
    return new Place(relation, file, scene.chance().nextLong(first, last), pageSize);
  }

  /** Reading all of it has to fail. */
  private Bite look() {
    try {
      Admin.in(
          target,
          "read " + table,
          connection -> {
            Admin.execute(
                connection,
                "set local " + (ofAnIndex ? "enable_seqscan" : "enable_indexscan") + " = off");
            Admin.execute(connection, "set local enable_bitmapscan = off");
            if (!ofAnIndex) {
              Admin.execute(connection, "set local enable_indexonlyscan = off");
            }
            return Admin.number(
                connection,
                ofAnIndex ? inOrder(connection) : "select count(*) from " + Admin.table(table));
          });
      return Bite.of(false, "all of " + table + " can be read");
    } catch (DrillException failed) {
      return Bite.of(saysCorrupted(failed.getCause()), failed.problem());
    }
  }

  /** A server that does not answer, or a table that was dropped, is no corrupt page. */
  private static boolean saysCorrupted(Throwable cause) {
    return cause instanceof SQLException refused && CORRUPTED.contains(refused.getSQLState());
  }

  private String inOrder(Connection connection) throws SQLException {
    String columns =
        Admin.texts(
                connection,
                "select string_agg(quote_ident(a.attname), ', ' order by k.n) from pg_index i,"
                    + " unnest(i.indkey::int2[]) with ordinality k (attnum, n), pg_attribute a"
                    + " where i.indexrelid = ?::regclass and a.attrelid = i.indrelid and a.attnum = k.attnum"
                    + " and k.n <= i.indnkeyatts",
                Admin.texts(connection, INDEX, Admin.table(table)).get(0))
            .get(0);
    return "select count(*) from (select "
        + columns
        + " from "
        + Admin.table(table)
        + " order by "
        + columns
        + " offset 0) s";
  }
}
