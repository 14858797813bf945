package dev.drillbook.snapshot;

import dev.drillbook.snapshot.Readers.Task;
import dev.drillbook.snapshot.TableShape.Part;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Takes the fingerprint of whole tables, several processes at a time. */
final class TableReader {
  /** Below this, a table is read in one go: starting another process would take longer. */
  private static final long SMALL_BLOCKS = 2_048;

  private static final int TASKS_A_READER = 8;

  /** Since PostgreSQL 14 a range of ctids is read without touching the rest of the table. */
  private static final int FIRST_WITH_RANGES = 14;

  private final Readers readers;
  private final boolean ranges;
  private final ReadProgress progress;

  TableReader(Readers readers, int majorVersion, ReadProgress progress) {
    this.readers = readers;
    this.ranges = majorVersion >= FIRST_WITH_RANGES;
    this.progress = progress;
  }

  static String query(String source, List<Column> columns) {
    return "select count(*), coalesce(sum(" + RowHash.of(columns) + "), 0) from " + source;
  }

  Fingerprint fingerprint(TableShape shape) throws SQLException {
    AtomicLong done = new AtomicLong();
    List<Task<Fingerprint>> tasks = new ArrayList<>();
    for (Part part : shape.parts()) {
      String query = query(part.source(), shape.columns());
      long step = step(part.blocks());
      for (long from = 0; from == 0 || from < part.blocks(); from += step) {
        String range = where(from, from + step, part.blocks());
        long bytes =
            part.bytes() * Math.min(step, part.blocks() - from) / Math.max(1, part.blocks());
        tasks.add(
            connection -> {
              Fingerprint found = one(connection, query + range);
              progress.read(shape.name(), done.addAndGet(bytes), shape.bytes());
              return found;
            });
      }
    }
    return readers.all(tasks).stream().reduce(Fingerprint.OF_NOTHING, Fingerprint::plus);
  }

  private long step(long blocks) {
    return !ranges || blocks < SMALL_BLOCKS
        ? Math.max(1, blocks)
        : blocks / ((long) TASKS_A_READER * Readers.wanted()) + 1;
  }

  /** The last range is open, for blocks that were added since their number was read. */
  private static String where(long from, long to, long blocks) {
    if (from == 0 && to >= blocks) {
      return "";
    }
    String lower = " where t.ctid >= '(" + from + ",0)'::tid";
    return to >= blocks ? lower : lower + " and t.ctid < '(" + to + ",0)'::tid";
  }

  private static Fingerprint one(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return fingerprint(row);
    }
  }

  /** Of a row that holds a count and a sum. */
  static Fingerprint fingerprint(ResultSet row) throws SQLException {
    return new Fingerprint(row.getLong(1), new BigInteger(row.getString(2)));
  }
}
