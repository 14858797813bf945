package dev.drillbook.snapshot;

import java.util.Set;
import java.util.SortedMap;

/**
 * What a database held at one instant, all in the same snapshot: table by table, and its catalogue.
 *
 * @param replaced tables that were truncated or rewritten between the snapshot's opening and its
 *     reading: what they held is gone from the snapshot too, and their images are worth nothing
 */
public record DatabaseImage(
    SortedMap<String, TableImage> tables, SchemaImage schema, Set<String> replaced) {

  /** An image of tables of which none was replaced. */
  public DatabaseImage(SortedMap<String, TableImage> tables, SchemaImage schema) {
    this(tables, schema, Set.of());
  }

  public long rows() {
    return tables.values().stream().mapToLong(TableImage::rows).sum();
  }
}
