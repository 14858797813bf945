package dev.drillbook.workload;

import dev.drillbook.timeline.DrillException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A temporary file that is only ever appended to. Its name is removed as soon as it is open, so
 * that a killed run leaves nothing behind; where the operating system does not allow that, closing
 * removes it. Safe for use by many threads, and indifferent to their interruption.
 */
public final class ScratchFile implements AutoCloseable {
  private final Path path;
  private final RandomAccessFile file;
  private long size;

  private ScratchFile(Path path, RandomAccessFile file) {
    this.path = path;
    this.file = file;
  }

  /**
   * Opens a new file in the JVM's temporary folder.
   *
   * @throws DrillException if there is no room for it
   */
  public static ScratchFile create() {
    try {
      Path path = Files.createTempFile("drillbook-", ".scratch");
      // A channel would be closed by the interruption of any thread that uses it.
      ScratchFile created = new ScratchFile(path, new RandomAccessFile(path.toFile(), "rw"));
      created.removeName();
      return created;
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** Where it stood, and stands where the operating system keeps an open file's name. */
  Path path() {
    return path;
  }

  public synchronized long size() {
    return size;
  }

  /** Appends the first {@code length} of {@code bytes} and returns the offset of the first. */
  public synchronized long append(byte[] bytes, int length) {
    try {
      file.seek(size);
      file.write(bytes, 0, length);
    } catch (IOException e) {
      throw failed(e);
    }
    size += length;
    return size - length;
  }

  /** Fills the first {@code length} of {@code into} with what stands at {@code offset}. */
  public synchronized void read(long offset, byte[] into, int length) {
    try {
      file.seek(offset);
      file.readFully(into, 0, length);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  @Override
  public synchronized void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw failed(e);
    } finally {
      removeName();
    }
  }

  private void removeName() {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      path.toFile().deleteOnExit();
    }
  }

  private static DrillException failed(IOException e) {
    return new DrillException(
        "a scratch file in "
            + System.getProperty("java.io.tmpdir")
            + " cannot be used: "
            + e.getMessage(),
        "make room there, or name another folder with -Djava.io.tmpdir",
        e);
  }
}
