package dev.drillbook.snapshot;

import dev.drillbook.snapshot.RowDifference.Cell;
import dev.drillbook.snapshot.RowDifference.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

/**
 * All rows of a small table, as text. A difference can then be told to the cell, although the
 * original is gone.
 *
 * @param columns the table's columns
 * @param key the positions in {@code columns} of its key; empty where it has none, and a row is
 *     known by all of its values
 * @param rows by key; a key that stands more than once has several. Null stands for SQL's NULL
 */
public record KeptRows(
    List<String> columns, List<Integer> key, Map<List<String>, List<List<String>>> rows) {

  /** Collects rows. */
  public static final class Builder {
    private final List<String> columns;
    private final List<Integer> key;
    private final Map<List<String>, List<List<String>>> rows = new LinkedHashMap<>();

    public Builder(List<String> columns, List<Integer> key) {
      this.columns = columns;
      this.key = key;
    }

    /** Adds a row of as many values as there are columns. */
    public void add(List<String> values) {
      List<String> id = key.isEmpty() ? values : new ArrayList<>();
      if (!key.isEmpty()) {
        key.forEach(position -> id.add(values.get(position)));
      }
      rows.computeIfAbsent(id, absent -> new ArrayList<>(1)).add(values);
    }

    public KeptRows build() {
      return new KeptRows(columns, key, rows);
    }
  }

  /**
   * All differences: first of the rows that were expected, in their order, then of those that were
   * not. None where the tables' columns differ: then no row can be compared.
   */
  public static List<RowDifference> differences(KeptRows expected, KeptRows found) {
    if (!expected.columns.equals(found.columns) || !expected.key.equals(found.key)) {
      return List.of();
    }
    Set<List<String>> keys = new LinkedHashSet<>(expected.rows.keySet());
    keys.addAll(found.rows.keySet());
    List<RowDifference> differences = new ArrayList<>();
    for (List<String> id : keys) {
      compare(
          expected,
          id,
          expected.rows.getOrDefault(id, List.of()),
          found.rows.getOrDefault(id, List.of()),
          differences);
    }
    return differences;
  }

  /**
   * Whether rows can be compared: by the columns that both tables have, if there are any.
   *
   * @see #sharedWith
   */
  public boolean isComparableTo(KeptRows other) {
    return columns.equals(other.columns) || columns.stream().anyMatch(other.columns::contains);
  }

  /**
   * The same rows, but only those of their columns that {@code other} has too. The key stays where
   * all of its columns do, whatever the key of {@code other}; else rows are known by all values.
   */
  public KeptRows sharedWith(KeptRows other) {
    return only(columns.stream().filter(other.columns::contains).toList(), keyNames());
  }

  /** The rows of {@code other} that this one's can be compared with: same columns, same key. */
  public KeptRows likewise(KeptRows other) {
    return other.only(columns, keyNames());
  }

  /** These rows but for those that {@code leftOut} is true of, given their values. */
  public KeptRows without(Predicate<List<String>> leftOut) {
    Builder some = new Builder(columns, key);
    rows.values().stream().flatMap(List::stream).filter(leftOut.negate()).forEach(some::add);
    return some.build();
  }

  private List<String> keyNames() {
    return key.stream().map(columns::get).toList();
  }

  private KeptRows only(List<String> wanted, List<String> wantedKey) {
    List<Integer> positions = wanted.stream().map(columns::indexOf).toList();
    boolean keyStays = wanted.containsAll(wantedKey);
    Builder some =
        new Builder(
            wanted, keyStays ? wantedKey.stream().map(wanted::indexOf).toList() : List.of());
    for (List<List<String>> same : rows.values()) {
      for (List<String> row : same) {
        List<String> values = new ArrayList<>();
        positions.forEach(position -> values.add(row.get(position)));
        some.add(values);
      }
    }
    return some.build();
  }

  private static void compare(
      KeptRows table,
      List<String> id,
      List<List<String>> expected,
      List<List<String>> found,
      List<RowDifference> into) {
    String row = RowDifference.key(id);
    int both = Math.min(expected.size(), found.size());
    for (int i = 0; i < both; i++) {
      List<Cell> cells = cells(table.columns, expected.get(i), found.get(i));
      if (!cells.isEmpty()) {
        into.add(new RowDifference(Kind.CHANGED, row, cells));
      }
    }
    for (int i = both; i < expected.size(); i++) {
      into.add(new RowDifference(Kind.MISSING, row, List.of()));
    }
    for (int i = both; i < found.size(); i++) {
      into.add(new RowDifference(Kind.EXTRA, row, List.of()));
    }
  }

  static List<Cell> cells(List<String> columns, List<String> expected, List<String> found) {
    List<Cell> cells = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      if (!Objects.equals(expected.get(i), found.get(i))) {
        cells.add(new Cell(columns.get(i), expected.get(i), found.get(i)));
      }
    }
    return cells;
  }
}
