package dev.drillbook.snapshot;

import java.time.Duration;

/** Hears that a table is still being read; called by a thread of its own. */
@FunctionalInterface
public interface ReadProgress {
  ReadProgress UNHEARD = (table, bytes, since) -> {};

  /**
   * Called every few seconds while a table is read.
   *
   * @param bytes how large the table is on disk
   * @param since how long it has been read for
   */
  void reading(String table, long bytes, Duration since);
}
