package dev.drillbook.recovery;

import dev.drillbook.timeline.DrillException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The backups that lie in one folder. */
public final class BackupCatalogue {
  private final Path folder;

  public BackupCatalogue(Path folder) {
    this.folder = folder;
  }

  /** One backup: its biggest file, and the size of all files that were written with it. */
  public record Backup(Path file, long bytes) {}

  /** Every file in it, however deep; none where there is no such folder. */
  public Set<Path> files() {
    if (!Files.isDirectory(folder)) {
      return Set.of();
    }
    try (Stream<Path> all = Files.walk(folder)) {
      return new TreeSet<>(all.filter(Files::isRegularFile).toList());
    } catch (IOException e) {
      throw new DrillException(
          "the backups in " + folder + " cannot be listed: " + e.getMessage(),
          "check the folder",
          e);
    }
  }

  /**
   * The backup that was added since {@code before}.
   *
   * @throws DrillException if none was, or it is empty
   */
  public Backup newest(Set<Path> before) {
    Set<Path> added = new TreeSet<>(files());
    added.removeAll(before);
    Path biggest =
        added.stream()
            .max(Comparator.comparingLong(BackupCatalogue::size))
            .orElseThrow(
                () ->
                    new DrillException(
                        "the backup script claims success, but left no new file in " + folder,
                        "does it write to BACKUP_DIR?"));
    if (size(biggest) == 0) {
      throw new DrillException(
          "the backup script claims success, but " + biggest + " is empty",
          "read its transcript: did the dump itself fail?");
    }
    return new Backup(biggest, added.stream().mapToLong(BackupCatalogue::size).sum());
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new DrillException(file + " cannot be read: " + e.getMessage(), "check the file", e);
    }
  }
}
