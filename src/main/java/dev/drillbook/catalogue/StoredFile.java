package dev.drillbook.catalogue;

import java.time.Instant;

/**
 * A file where backups are stored.
 *
 * @param name its path below the source's root, with slashes; as it was found, so that it may hold
 *     anything
 * @param bytes its size as it is stored
 * @param modified when it was written last, as its store says
 */
public record StoredFile(String name, long bytes, Instant modified) {

  /** Its name without folders. */
  String lastName() {
    return name.substring(name.lastIndexOf('/') + 1);
  }

  /** The folder it is in, with a slash at its end; empty where that is the root. */
  String folder() {
    return name.substring(0, name.lastIndexOf('/') + 1);
  }
}
