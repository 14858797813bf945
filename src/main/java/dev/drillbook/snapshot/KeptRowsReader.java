package dev.drillbook.snapshot;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads all rows of a small table. */
final class KeptRowsReader {
  /**
   * On disk. As text, and after decompression, a row can be larger: see {@link #MOST_CHARACTERS}.
   */
  private static final long LARGEST_TABLE_BYTES = 4L << 20;

  private static final long MOST_CHARACTERS = 16L << 20;

  private KeptRowsReader() {}

  static boolean isSmall(TableShape shape) {
    return shape.bytes() <= LARGEST_TABLE_BYTES;
  }

  /** Empty where the rows turn out to be too large after all. */
  static Optional<KeptRows> read(Connection connection, TableShape shape) throws SQLException {
    List<Column> columns = shape.columns();
    String order =
        shape.key().isEmpty()
            ? ""
            : shape.key().stream()
                .map(Column::value)
                .collect(Collectors.joining(", ", " order by ", ""));
    KeptRows.Builder rows =
        new KeptRows.Builder(
            columns.stream().map(Column::name).toList(),
            shape.key().stream().map(columns::indexOf).toList());
    long characters = 0;
    String query = "select " + RangeReader.texts(columns) + " from " + shape.source() + order;
    try (Statement statement = connection.createStatement()) {
      statement.setFetchSize(1_000);
      try (ResultSet found = statement.executeQuery(query)) {
        while (found.next()) {
          List<String> values = RangeReader.values(found, 1, columns.size());
          for (String value : values) {
            characters += value == null ? 0 : value.length();
          }
          if (characters > MOST_CHARACTERS) {
            return Optional.empty();
          }
          rows.add(values);
        }
      }
    }
    return Optional.of(rows.build());
  }
}
