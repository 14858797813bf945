package dev.drillbook.snapshot;

import java.util.List;

/**
 * How a table is to be read.
 *
 * @param name as reports and plans have it: without the schema where that is public
 * @param source what to select from: the table alone, or all partitions of a partitioned one; its
 *     alias is {@code t}
 * @param columns in their order
 * @param key the columns of the primary key or, where there is none, of a unique index that admits
 *     no NULL; empty where there is neither
 * @param blocks of all heaps that hold the rows; 0 where it is not known, as of a foreign table
 * @param bytes of the same with their TOAST tables, free space and visibility maps
 */
record TableShape(
    String name, String source, List<Column> columns, List<Column> key, long blocks, long bytes) {

  List<String> keyNames() {
    return key.stream().map(Column::name).toList();
  }
}
