package dev.drillbook.snapshot;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a database's catalogue held at one instant.
 *
 * @param objects each object's definition by its kind and name, e.g. "index public.orders_ref_key";
 *     names carry their schema
 * @param sequences those that feed a column, once for each column
 * @param counters those that feed none, by name
 */
public record SchemaImage(
    SortedMap<String, String> objects,
    List<SequenceImage> sequences,
    SortedMap<String, Counter> counters) {

  /** An image without counters. */
  public SchemaImage(SortedMap<String, String> objects, List<SequenceImage> sequences) {
    this(objects, sequences, new TreeMap<>());
  }

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

  /**
   * A sequence that no column is fed by.
   *
   * @param last what it had handed out last when the snapshot was opened; empty where that is
   *     nothing, or may not be read
   */
  public record Counter(long increment, boolean cycles, Optional<Long> last) {}
}
