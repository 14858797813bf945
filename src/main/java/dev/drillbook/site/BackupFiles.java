package dev.drillbook.site;

import dev.drillbook.timeline.DrillException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The backups of a policy.
 *
 * @param policy its id in the plan
 * @param folder where they lie
 */
public record BackupFiles(String policy, Path folder) {

  /** A stamp of date and time in a name, whatever is between its parts. */
  private static final Pattern STAMP = Pattern.compile("\\d{4}[\\dT_:.-]{4,}\\d");

  /** What shows that a folder as a whole is one backup: of pg_dump, of pg_basebackup. */
  private static final Set<String> IN_A_BACKUP = Set.of("toc.dat", "backup_manifest", "PG_VERSION");

  /**
   * One backup.
   *
   * @param file its biggest file
   * @param files all that belongs to it, a checksum beside it too
   */
  public record Backup(Path file, List<Path> files) {}

  /**
   * The one that was written to last. To one backup belong the files of a folder that a tool has
   * made as such, and else those in one folder that bear the same time in their names, or whose
   * names begin with the whole name of another, as {@code db.dump.sha256} does with {@code
   * db.dump}.
   *
   * @throws DrillException if there is none
   */
  public Backup newest() {
    List<Path> all = newestFirst();
    Path newest = all.get(0);
    List<Path> files = all.stream().filter(file -> isOneBackup(file, newest, all)).toList();
    return new Backup(
        files.stream().max(Comparator.comparingLong(BackupFiles::size)).orElse(newest), files);
  }

  private boolean isOneBackup(Path file, Path newest, List<Path> all) {
    Path whole = wholeOf(newest);
    if (whole != null || wholeOf(file) != null) {
      return whole != null && whole.equals(wholeOf(file));
    }
    return file.resolveSibling("").equals(newest.resolveSibling(""))
        && stem(file, all).equals(stem(newest, all));
  }

  /** The topmost folder above a file that is a backup as a whole; null if none is. */
  private Path wholeOf(Path file) {
    Path whole = null;
    for (Path at = file.getParent(); !at.equals(folder); at = at.getParent()) {
      if (isWhole(at)) {
        whole = at;
      }
    }
    return whole;
  }

  private static boolean isWhole(Path inner) {
    return IN_A_BACKUP.stream().anyMatch(name -> Files.exists(inner.resolve(name)));
  }

  private static String stem(Path file, List<Path> all) {
    String name = file.getFileName().toString();
    Matcher stamp = STAMP.matcher(name);
    if (stamp.find()) {
      return stamp.group();
    }
    return all.stream()
        .filter(other -> other.resolveSibling("").equals(file.resolveSibling("")))
        .map(other -> other.getFileName().toString())
        .filter(other -> name.equals(other) || name.startsWith(other + "."))
        .min(Comparator.comparingInt(String::length))
        .orElse(name);
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException gone) {
      return -1;
    }
  }

  /**
   * All files of all of them, the newest first.
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
