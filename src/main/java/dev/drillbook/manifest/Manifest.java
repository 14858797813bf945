package dev.drillbook.manifest;

import dev.drillbook.snapshot.DatabaseImage;
import dev.drillbook.snapshot.DatabaseSnapshot;
import java.time.Instant;
import java.util.Set;

/**
 * What a database held when a backup was taken.
 *
 * @param takenAt when the snapshot had been opened
 * @param database its name
 * @param origin what the hashes of equal rows depend on
 * @param image without any row, and without sequences that feed a column
 * @param uncounted tables whose rows were left out, as they are of the backup
 */
public record Manifest(
    Instant takenAt,
    String database,
    DatabaseSnapshot.Origin origin,
    DatabaseImage image,
    Set<String> uncounted) {

  public Manifest {
    uncounted = Set.copyOf(uncounted);
  }

  /** How many tables were read. */
  public int tables() {
    return image.tables().size();
  }

  /** How many rows all of them had. */
  public long rows() {
    return image.rows();
  }

  /** Tables that were truncated or rewritten meanwhile: nothing is known of their rows. */
  public Set<String> replaced() {
    return image.replaced();
  }
}
