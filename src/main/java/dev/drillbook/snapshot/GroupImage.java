package dev.drillbook.snapshot;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What one collection, logical database or bucket held at one moment. Two of them are equal if they
 * hold the same entries and definitions, whenever they were read, and whether or not keys were
 * kept; {@link GroupChanges} tells in what they differ, and considers what has expired.
 *
 * @param lasting of the entries that do not expire by themselves: how many, and the sum of their
 *     128-bit hashes
 * @param expiring the same of those that do, without when
 * @param definitions what belongs to it and is no entry, by kind and name, e.g. "index orders.ref"
 * @param kept each entry's key and hash, where they are few enough
 * @param readAt when it had been read, by the clock that entries expire by
 */
public record GroupImage(
    String name,
    Fingerprint lasting,
    Fingerprint expiring,
    SortedMap<String, String> definitions,
    Optional<KeptKeys> kept,
    Instant readAt) {

  /** How many entries it held. */
  public long count() {
    return lasting.rows() + expiring.rows();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof GroupImage group
        && name.equals(group.name)
        && lasting.equals(group.lasting)
        && expiring.equals(group.expiring)
        && definitions.equals(group.definitions);
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, lasting, expiring, definitions);
  }
}
