package dev.drillbook.snapshot;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What a database's catalogue held at one instant.
 *
 * @param objects each object's definition by its kind and name, e.g. "index public.orders_ref_key";
 *     names carry their schema
 * @param sequences those that feed a column
 */
public record SchemaImage(SortedMap<String, String> objects, List<SequenceImage> sequences) {

  /**
   * A sequence and the column that it feeds.
   *
   * @param held the column's furthest value in the sequence's direction; empty where it holds none
   * @param next what the sequence would have handed out next; empty where it could not be read
   * @param problem why it could not be read; empty where it could
   */
  public record SequenceImage(
      String sequence,
      String table,
      String column,
      long increment,
      Optional<Long> held,
      Optional<Long> next,
      String problem) {}
}
