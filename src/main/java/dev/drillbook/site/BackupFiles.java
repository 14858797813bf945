package dev.drillbook.site;

import dev.drillbook.timeline.DrillException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The backups of a policy.
 *
 * @param policy its id in the plan
 * @param folder where they lie
 */
public record BackupFiles(String policy, Path folder) {

  /**
   * All of them, and what belongs to them, the newest first.
   *
   * @throws DrillException if there is none
   */
  public List<Path> newestFirst() {
    List<Path> files = all();
    if (files.isEmpty()) {
      throw new DrillException(
          "there is no backup of " + policy + " in " + folder, "take one before the disaster");
    }
    return files;
  }

  /** The same; none where there is none. */
  public List<Path> all() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
          .sorted(
              Comparator.comparing(BackupFiles::modified).thenComparing(Path::toString).reversed())
          .toList();
    } catch (IOException e) {
      throw new DrillException(folder + " cannot be listed: " + e, "check its owner", e);
    }
  }

  private static FileTime modified(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException gone) {
      return FileTime.fromMillis(0);
    }
  }
}
