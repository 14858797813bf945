package dev.drillbook.snapshot;

import java.util.SortedMap;

/**
 * What a database held at one instant, all in the same snapshot: table by table, and its catalogue.
 */
public record DatabaseImage(SortedMap<String, TableImage> tables, SchemaImage schema) {

  public long rows() {
    return tables.values().stream().mapToLong(TableImage::rows).sum();
  }
}
