package dev.drillbook.site.embedded;

import dev.drillbook.timeline.DrillException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/** Keeps a cache directory to one thread of one JVM, until it is closed or the JVM ends. */
final class CacheLock implements AutoCloseable {
  private static final long POLL_MILLIS = 100;

  private final FileChannel channel;

  private CacheLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Waits for the lock on {@code directory}, which is created where it does not exist.
   *
   * @throws DrillException if the directory cannot be written, or another holds the lock for longer
   *     than {@code patience}
   */
  static CacheLock on(Path directory, Duration patience) {
    Path file = directory.resolve(".lock");
    FileChannel channel = null;
    try {
      Files.createDirectories(directory);
      channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      await(channel, file, patience);
      CacheLock lock = new CacheLock(channel);
      channel = null;
      return lock;
    } catch (IOException e) {
      throw new DrillException(
          "cannot write the cache directory " + directory + ": " + e,
          "make it writable, or set XDG_CACHE_HOME to a directory that is",
          e);
    } finally {
      closeQuietly(channel);
    }
  }

  private static void await(FileChannel channel, Path file, Duration patience) throws IOException {
    long started = System.nanoTime();
    while (!acquired(channel)) {
      if (System.nanoTime() - started > patience.toNanos()) {
        throw new DrillException(
            "another process has held " + file + " for more than " + patience.toMinutes() + " min",
            "look for another drill that is still downloading, and end it");
      }
      try {
        Thread.sleep(POLL_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new DrillException("interrupted while waiting for " + file, "run the drill again", e);
      }
    }
  }

  private static boolean acquired(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      // Another thread of this JVM has it.
      return false;
    }
  }

  @Override
  public void close() {
    closeQuietly(channel);
  }

  private static void closeQuietly(FileChannel channel) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      // Nothing was written through it; the lock goes with the channel all the same.
    }
  }
}
