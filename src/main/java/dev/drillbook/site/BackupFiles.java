package dev.drillbook.site;

import dev.drillbook.timeline.DrillException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
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

  /** A stamp of date and time in a name, whatever stands between and right after its parts. */
  private static final Pattern STAMP = Pattern.compile("\\d{4}[\\dA-Za-z_:-]{3,}\\d[A-Za-z]*");

  /** What shows that a folder as a whole is one backup: of pg_dump, of pg_basebackup. */
  private static final Set<String> IN_A_BACKUP = Set.of("toc.dat", "backup_manifest");

  /** What mongodump makes, one folder a database. */
  private static final Pattern OF_MONGODUMP = Pattern.compile(".*\\.bson(\\.gz)?");

  /** What lies beside a backup and belongs to it. A rotated one (.1, .old) is another backup. */
  private static final Pattern COMPANION =
      Pattern.compile("\\.(md5|sha1|sha256|sha512|asc|sig|minisig|json|meta|manifest|size)");

  /**
   * One backup.
   *
   * @param file its biggest file
   * @param files all that belongs to it, a checksum beside it too
   */
  public record Backup(Path file, List<Path> files) {}

  /**
   * The one that was written to last. To one backup belong the files of a folder that a tool has
   * made as such, or that bears a time in its name; and else those in one folder that bear the same
   * time in their names, or are a checksum, signature or description of another, as {@code
   * db.dump.sha256} is of {@code db.dump}.
   *
   * @throws DrillException if there is none
   */
  public Backup newest() {
    List<Path> all = newestFirst();
    Path newest = all.get(0);
    List<Path> files = all.stream().filter(file -> isOneBackup(file, newest)).toList();
    return new Backup(
        files.stream().max(Comparator.comparingLong(BackupFiles::size)).orElse(newest), files);
  }

  private boolean isOneBackup(Path file, Path newest) {
    Optional<Path> whole = wholeOf(newest);
    if (whole.isPresent() || wholeOf(file).isPresent()) {
      return whole.equals(wholeOf(file));
    }
    return file.resolveSibling("").equals(newest.resolveSibling(""))
        && stem(file).equals(stem(newest));
  }

  /** The topmost folder of this file that is a backup as a whole, the policy's own included. */
  private Optional<Path> wholeOf(Path file) {
    Path whole = null;
    Path at = file;
    while (!at.equals(folder)) {
      at = at.getParent();
      if (isWhole(at)) {
        whole = at;
      }
    }
    return Optional.ofNullable(whole);
  }

  private boolean isWhole(Path inner) {
    if (!inner.equals(folder) && STAMP.matcher(inner.getFileName().toString()).find()) {
      return true;
    }
    if (IN_A_BACKUP.stream().anyMatch(name -> Files.exists(inner.resolve(name)))) {
      return true;
    }
    try (Stream<Path> files = Files.list(inner)) {
      return files.anyMatch(f -> OF_MONGODUMP.matcher(f.getFileName().toString()).matches());
    } catch (IOException gone) {
      return false;
    }
  }

  private static String stem(Path file) {
    String name = file.getFileName().toString();
    Matcher stamp = STAMP.matcher(name);
    if (stamp.find()) {
      return stamp.group();
    }
    int dot = name.lastIndexOf('.');
    return dot > 0 && COMPANION.matcher(name.substring(dot)).matches()
        ? name.substring(0, dot)
        : name;
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
