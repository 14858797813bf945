package dev.drillbook.snapshot;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A row that is not as it was.
 *
 * @param row which one: its key as {@code (7)} or {@code (7,de)}; the whole row where the table has
 *     no key; a range of keys where nothing narrower is known
 * @param cells the values that differ; empty where the original's are not known
 */
public record RowDifference(Kind kind, String row, List<Cell> cells) {
  private static final int LONGEST_VALUE = 80;

  /** What is the matter with it. */
  public enum Kind {
    MISSING,
    EXTRA,
    CHANGED,
    /** Several rows in a range differ, too many to tell them apart by what was kept of them. */
    SEVERAL
  }

  /** A value of a row that differs; null stands for SQL's NULL. */
  public record Cell(String column, String expected, String found) {

    @Override
    public String toString() {
      return column + " was " + shown(expected) + ", is " + shown(found);
    }
  }

  @Override
  public String toString() {
    return switch (kind) {
      case MISSING -> "row " + row + " is missing";
      case EXTRA -> "row " + row + " was not in the backup";
      case CHANGED ->
          "row "
              + row
              + " differs"
              + (cells.isEmpty()
                  ? ""
                  : cells.stream().map(Cell::toString).collect(Collectors.joining("; ", ": ", "")));
      case SEVERAL -> "several rows with keys " + row + " differ";
    };
  }

  private static String shown(String value) {
    if (value == null) {
      return "NULL";
    }
    return value.length() <= LONGEST_VALUE
        ? "'" + value + "'"
        : "'" + value.substring(0, LONGEST_VALUE) + "…' (" + value.length() + " characters)";
  }

  static String key(List<String> values) {
    return "(" + String.join(",", values.stream().map(String::valueOf).toList()) + ")";
  }
}
