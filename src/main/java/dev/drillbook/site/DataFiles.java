package dev.drillbook.site;

import java.util.List;

/**
 * The files of a store, wherever they are. Names are relative to the store's data folder, with
 * slashes.
 */
public interface DataFiles {

  /** All regular files in a folder and those below it, in order; none where there is no folder. */
  List<String> list(String folder);

  long size(String file);

  /** The bytes of a file from {@code offset} on; fewer where it ends before. */
  byte[] read(String file, long offset, int length);

  /** Overwrites, or appends, in place; on disk when this returns. */
  void write(String file, long offset, byte[] bytes);

  /** Cuts a file off. */
  void truncate(String file, long size);
}
