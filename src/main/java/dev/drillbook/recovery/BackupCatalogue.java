package dev.drillbook.recovery;

import dev.drillbook.timeline.DrillException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

/** The backups that lie in one folder. */
public final class BackupCatalogue {
  private final Path folder;

  public BackupCatalogue(Path folder) {
    this.folder = folder;
  }

  /** One backup: its biggest file, and the size of all files that were written with it. */
  public record Backup(Path file, long bytes) {}

  /** A file as it is now; one that was written again is another. */
  public record Version(Path file, long bytes, FileTime modified) {}

  /** Every file in it, however deep; none where there is no such folder. */
  public Set<Version> files() {
    if (!Files.isDirectory(folder)) {
      return Set.of();
    }
    try (Stream<Path> all = Files.walk(folder)) {
      Set<Version> versions = new HashSet<>();
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        versions.add(new Version(file, Files.size(file), Files.getLastModifiedTime(file)));
      }
      return versions;
    } catch (IOException e) {
      throw new DrillException(
          "the backups in " + folder + " cannot be listed: " + e.getMessage(),
          "check the folder",
          e);
    }
  }

  /**
   * The backup that was added, or written anew, since {@code before}.
   *
   * @throws DrillException if none was, or it is empty
   */
  public Backup newest(Set<Version> before) {
    Set<Version> added = new HashSet<>(files());
    added.removeAll(before);
    Version biggest =
        added.stream()
            .max(Comparator.comparingLong(Version::bytes))
            .orElseThrow(
                () ->
                    new DrillException(
                        "the backup script claims success, but left no new file in " + folder,
                        "does it write to BACKUP_DIR?"));
    if (biggest.bytes() == 0) {
      throw new DrillException(
          "the backup script claims success, but " + biggest.file() + " is empty",
          "read its transcript: did the dump itself fail?");
    }
    return new Backup(biggest.file(), added.stream().mapToLong(Version::bytes).sum());
  }
}
