package dev.drillbook.snapshot;

/** Hears how far the reading of a table has got; called by any of the threads that read. */
@FunctionalInterface
public interface ReadProgress {
  ReadProgress UNHEARD = (table, bytes, of) -> {};

  /**
   * Called after each part of a table.
   *
   * @param bytes how much has been read, as the table stands on disk
   * @param of how much there is
   */
  void read(String table, long bytes, long of);
}
