package dev.drillbook.snapshot;

import java.util.Optional;

/**
 * What one table held at one instant.
 *
 * @param fingerprint of all rows and all columns, whatever the rows' order
 * @param kept the rows themselves, where the table is small
 * @param nodes the fingerprints of ranges of its key, where the table is large, has a key, and is
 *     the original of a comparison
 */
public record TableImage(
    String table, Fingerprint fingerprint, Optional<KeptRows> kept, Optional<Nodes> nodes) {

  public long rows() {
    return fingerprint.rows();
  }
}
