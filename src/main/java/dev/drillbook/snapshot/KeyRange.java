package dev.drillbook.snapshot;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The rows whose key is at least {@code from} and below {@code to}, in the server's own order; an
 * empty end is open.
 */
record KeyRange(Optional<List<String>> from, Optional<List<String>> to) {
  static final KeyRange ALL = new KeyRange(Optional.empty(), Optional.empty());

  /** A condition with a parameter for each value of each end that is not open. */
  String where(List<Column> key) {
    String columns = key.stream().map(Column::value).collect(Collectors.joining(", ", "(", ")"));
    String values =
        key.stream()
            .map(column -> "cast(? as " + column.type() + ")")
            .collect(Collectors.joining(", ", "(", ")"));
    String lower = from.isPresent() ? columns + " >= " + values : "true";
    return " where " + lower + (to.isPresent() ? " and " + columns + " < " + values : "");
  }

  void bind(PreparedStatement statement) throws SQLException {
    int index = 1;
    for (List<String> end : List.of(from.orElse(List.of()), to.orElse(List.of()))) {
      for (String value : end) {
        statement.setString(index++, value);
      }
    }
  }

  @Override
  public String toString() {
    return from.map(RowDifference::key).map(key -> "from " + key).orElse("from the first")
        + to.map(RowDifference::key).map(key -> " up to before " + key).orElse(" to the last");
  }
}
