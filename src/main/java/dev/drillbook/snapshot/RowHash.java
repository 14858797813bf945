package dev.drillbook.snapshot;

import java.util.ArrayList;
import java.util.List;

/** The SQL of a row's 64-bit hash. */
final class RowHash {
  private static final String START = "1::int8";

  /**
   * PostgreSQL's parser takes expressions as deep as its stack is; a row can have 1,600 columns.
   */
  private static final int DEEPEST = 100;

  private RowHash() {}

  /**
   * Each column's hash is the seed of the next one's, so a value that moves to another column, or
   * two that change places between rows, change the sum.
   */
  static String of(List<Column> columns) {
    List<String> groups = new ArrayList<>();
    for (int from = 0; from < columns.size(); from += DEEPEST) {
      String hash = START;
      for (Column column : columns.subList(from, Math.min(columns.size(), from + DEEPEST))) {
        hash = column.fold(hash);
      }
      groups.add(hash);
    }
    if (groups.size() < 2) {
      return groups.isEmpty() ? START : groups.get(0);
    }
    List<String> texts = groups.stream().map(hash -> "textin(int8out(" + hash + "))").toList();
    return "hashtextextended(concat_ws(',', " + String.join(", ", texts) + ") collate \"C\", 1)";
  }

  /** A number from 0 to 2^31 - 1 that stands for a row's key. */
  static String ofKey(List<Column> key) {
    return "(" + of(key) + " & 2147483647)";
  }
}
