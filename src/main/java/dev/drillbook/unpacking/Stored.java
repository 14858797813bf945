package dev.drillbook.unpacking;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/**
 * One file of a stored backup, wherever it lies.
 *
 * @param name its path below the backup's place, with slashes; its extensions say what its content
 *     claims to be
 * @param size how many bytes are stored; negative where that is not known
 * @param bytes opens it
 */
public record Stored(String name, long size, Opener bytes) {

  public Stored {
    Objects.requireNonNull(name);
    Objects.requireNonNull(bytes);
  }

  /** Opens a file's bytes, from the first one on. Whoever calls it closes the stream. */
  @FunctionalInterface
  public interface Opener {
    InputStream open() throws IOException;
  }
}
