package dev.drillbook.snapshot;

import dev.drillbook.snapshot.Column.Encoding;
import dev.drillbook.snapshot.Readers.Task;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads ranges of the key of one table. */
final class RangeReader {
  private static final long MOST_TRIED = 10_000_000;

  private final Readers readers;
  private final TableShape shape;

  RangeReader(Readers readers, TableShape shape) {
    this.readers = readers;
    this.shape = shape;
  }

  TableShape shape() {
    return shape;
  }

  /** What one row looks like from outside: its key, its key's hash and its own. */
  record HashedRow(List<String> key, long keyHash, long hash) {}

  interface RowVisitor {
    void visit(HashedRow row);
  }

  List<Fingerprint> fingerprints(List<KeyRange> ranges) throws SQLException {
    String query = TableReader.query(shape);
    return each(ranges, query, "", TableReader::fingerprint);
  }

  /** {@code offset 0} keeps the planner from computing the hash once for each of its uses. */
  List<Nodes.Sums> sums(List<KeyRange> ranges) throws SQLException {
    String query =
        "select count(*), coalesce(sum(s.h), 0), coalesce(sum(s.h >> 32), 0), coalesce(sum((s.h >> 32) * s.k), 0)"
            + " from (select "
            + RowHash.of(shape.columns())
            + " as h, "
            + RowHash.ofKey(shape.key())
            + " as k from "
            + shape.source();
    return each(
        ranges,
        query,
        " offset 0) s",
        row ->
            new Nodes.Sums(
                TableReader.fingerprint(row),
                new BigInteger(row.getString(3)),
                new BigInteger(row.getString(4))));
  }

  private interface OneRow<T> {
    T read(ResultSet row) throws SQLException;
  }

  private <T> List<T> each(List<KeyRange> ranges, String query, String end, OneRow<T> reader)
      throws SQLException {
    List<Task<T>> tasks = new ArrayList<>();
    for (KeyRange range : ranges) {
      tasks.add(
          connection -> {
            String sql = query + range.where(shape.key()) + end;
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
              range.bind(statement);
              try (ResultSet row = statement.executeQuery()) {
                row.next();
                return reader.read(row);
              }
            }
          });
    }
    return readers.all(tasks);
  }

  /** Visits the rows of a range in no order; few of them are in memory at a time. */
  void visit(KeyRange range, RowVisitor visitor) throws SQLException {
    String query =
        "select %s, %s, %s from %s%s"
            .formatted(
                RowHash.ofKey(shape.key()),
                RowHash.of(shape.columns()),
                texts(shape.key()),
                shape.source(),
                range.where(shape.key()));
    readers.one(
        connection -> {
          visit(connection, query, range, visitor);
          return null;
        });
  }

  private void visit(Connection connection, String query, KeyRange range, RowVisitor visitor)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setFetchSize(1_000);
      range.bind(statement);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          List<String> key = values(rows, 3, shape.key().size());
          visitor.visit(new HashedRow(key, rows.getLong(1), rows.getLong(2)));
        }
      }
    }
  }

  /**
   * The keys of a range, present or not, that hash to {@code keyHash}. Empty where the key is
   * anything but one column of whole numbers, or the range is open or too large to try.
   */
  List<List<String>> wholeNumbers(KeyRange range, long keyHash) throws SQLException {
    Column column = shape.key().get(0);
    if (shape.key().size() > 1 || range.from().isEmpty() || range.to().isEmpty()) {
      return List.of();
    }
    if (!Set.of(Encoding.INT2, Encoding.INT4, Encoding.INT8).contains(column.encoding())) {
      return List.of();
    }
    long from = Long.parseLong(range.from().get().get(0));
    long to = Long.parseLong(range.to().get().get(0));
    if (to - from > MOST_TRIED) {
      return List.of();
    }
    String query =
        "select t."
            + column.name()
            + "::text from (select g::"
            + column.type()
            + " as "
            + column.name()
            + " from generate_series("
            + from
            + ", "
            + (to - 1)
            + ") g) t where "
            + RowHash.ofKey(shape.key())
            + " = "
            + keyHash;
    return readers.one(
        connection -> {
          List<List<String>> keys = new ArrayList<>();
          try (Statement statement = connection.createStatement();
              ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
              keys.add(values(rows, 1, 1));
            }
          }
          return keys;
        });
  }

  /** All values of the row with this key, as text. */
  List<String> row(List<String> key) throws SQLException {
    String condition =
        shape.key().stream()
            .map(column -> column.value() + " = cast(? as " + column.type() + ")")
            .collect(Collectors.joining(" and "));
    String query =
        "select " + texts(shape.columns()) + " from " + shape.source() + " where " + condition;
    return readers.one(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(query)) {
            for (int i = 0; i < key.size(); i++) {
              statement.setString(i + 1, key.get(i));
            }
            try (ResultSet row = statement.executeQuery()) {
              row.next();
              return values(row, 1, shape.columns().size());
            }
          }
        });
  }

  static String texts(List<Column> columns) {
    return columns.stream().map(Column::text).collect(Collectors.joining(", "));
  }

  static List<String> values(ResultSet row, int from, int count) throws SQLException {
    String[] values = new String[count];
    for (int i = 0; i < count; i++) {
      values[i] = row.getString(from + i);
    }
    return Collections.unmodifiableList(Arrays.asList(values));
  }
}
