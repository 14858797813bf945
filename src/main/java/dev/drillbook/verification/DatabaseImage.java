package dev.drillbook.verification;

import java.util.SortedMap;

/** What a database held at one instant, table by table, all tables in the same snapshot. */
public record DatabaseImage(SortedMap<String, TableImage> tables) {

  public long rows() {
    return tables.values().stream().mapToLong(TableImage::rows).sum();
  }
}
