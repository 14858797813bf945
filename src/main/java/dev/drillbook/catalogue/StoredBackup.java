package dev.drillbook.catalogue;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One backup of a policy, as it is stored.
 *
 * @param id its name below the source's root, by which it can be asked for; a folder's has no slash
 *     at its end
 * @param takenAt when it was begun by its name, else when it was written last, see {@link
 *     StoredBackups}
 * @param files what it is made of, at least one, by name; for a folder all that is in it
 * @param globals the roles and tablespaces that go with it; empty where the plan names none, or
 *     there are none
 * @param checksum a file of checksums that covers it
 * @param manifest what Drillbook wrote down when it was taken
 * @param bytes of its files together, as stored
 */
public record StoredBackup(
    String id,
    Instant takenAt,
    List<StoredFile> files,
    Optional<StoredFile> globals,
    Optional<StoredFile> checksum,
    Optional<StoredFile> manifest,
    long bytes) {

  public StoredBackup {
    files = List.copyOf(files);
  }
}
