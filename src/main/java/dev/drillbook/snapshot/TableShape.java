package dev.drillbook.snapshot;

import java.util.List;

/**
 * How a table is to be read.
 *
 * @param oid of the table or, if it is partitioned, of its root
 * @param name as reports and plans have it: without the schema where that is public, and without
 *     quotes unless a name holds a dot
 * @param source what to select from: the table alone, or all partitions of a partitioned one; its
 *     alias is {@code t}
 * @param columns in their order
 * @param key the columns of the primary key or, where there is none, of a unique index that admits
 *     no NULL; empty where there is neither
 * @param keyOrder whether the key is ordered by the system's own operators. Those of an extension's
 *     type are not found while nothing but the system's own functions may answer
 * @param blocks of all heaps that hold the rows; 0 where it is not known, as of a foreign table
 * @param bytes of the same with their TOAST tables, free space and visibility maps
 */
record TableShape(
    long oid,
    String name,
    String source,
    List<Column> columns,
    List<Column> key,
    boolean keyOrder,
    long blocks,
    long bytes) {

  List<String> keyNames() {
    return key.stream().map(Column::name).toList();
  }

  /** Whether it can be read by ranges of its key. */
  boolean hasRanges() {
    return !key.isEmpty() && keyOrder;
  }

  /** Those of its columns that {@code other} has too, by name and type. */
  List<Column> columnsSharedWith(TableShape other) {
    return columns.stream()
        .filter(column -> other.columns.stream().anyMatch(column::isLike))
        .toList();
  }

  /** Its own column of that name and type. */
  Column like(Column column) {
    return columns.stream().filter(column::isLike).findFirst().orElseThrow();
  }

  TableShape with(List<Column> some) {
    return new TableShape(oid, name, source, some, key, keyOrder, blocks, bytes);
  }
}
