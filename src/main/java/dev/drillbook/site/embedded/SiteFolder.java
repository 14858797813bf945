package dev.drillbook.site.embedded;

import dev.drillbook.timeline.DrillException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The folder of one site, and the note in it of who made it and which processes belong to it. The
 * note is on disk before the process is used, so that the next run can clean up after a run that
 * was killed.
 */
final class SiteFolder {
  private static final String PREFIX = "drillbook-site-";
  private static final String OWNER = "owner";
  private static final String CHILDREN = "children";
  private static final String KEPT = "kept";
  private static final Set<String> NOTES = Set.of(OWNER, CHILDREN, KEPT);
  private static final Duration REMOVED_WITHIN = Duration.ofSeconds(5);

  private final Path path;

  private SiteFolder(Path path) {
    this.path = path;
  }

  /** Makes a new folder, readable by us alone, in {@code parent}. */
  static SiteFolder create(Path parent) {
    try {
      Files.createDirectories(parent);
      Path path = Files.createTempDirectory(parent, PREFIX);
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx--x--x"));
      SiteFolder folder = new SiteFolder(path);
      Files.writeString(path.resolve(OWNER), line(ProcessHandle.current()));
      return folder;
    } catch (IOException e) {
      throw new DrillException(
          "no folder for the site could be made in " + parent + ": " + e.getMessage(),
          "is the disk full, or the folder not ours? another one can be set with -Djava.io.tmpdir",
          e);
    }
  }

  Path path() {
    return path;
  }

  /** A folder in it, made if it is not there. */
  Path folder(String name) {
    try {
      return Files.createDirectories(path.resolve(name));
    } catch (IOException e) {
      throw new DrillException(
          path.resolve(name) + " could not be made: " + e.getMessage(), "is the disk full?", e);
    }
  }

  /** Writes down that {@code child} belongs to this site. */
  void adopt(ProcessHandle child) {
    try {
      Files.writeString(
          path.resolve(CHILDREN),
          line(child) + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new DrillException(
          path + " could not be written: " + e.getMessage(), "is the disk full?", e);
    }
  }

  /** Marks it as left behind on purpose. */
  void keep() {
    try {
      Files.writeString(path.resolve(KEPT), "");
    } catch (IOException e) {
      throw new DrillException(
          path + " could not be written: " + e.getMessage(), "is the disk full?", e);
    }
  }

  /**
   * Removes the folder; gives what could not be removed. The notes go last: as long as they are
   * there, the next run can finish what this one could not.
   */
  List<String> remove() {
    long deadline = System.nanoTime() + REMOVED_WITHIN.toNanos();
    while (true) {
      try {
        for (Path entry : entries()) {
          if (!NOTES.contains(entry.getFileName().toString())) {
            deleteTree(entry);
          }
        }
        deleteTree(path);
        return List.of();
      } catch (IOException e) {
        // A process that is just ending may still write: look again.
        if (System.nanoTime() > deadline) {
          return List.of(path + " could not be removed: " + e);
        }
        Pauses.millis(20);
      }
    }
  }

  private List<Path> entries() throws IOException {
    if (!Files.isDirectory(path)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(path)) {
      return entries.toList();
    }
  }

  /**
   * Ends the processes and removes the folders of sites in {@code parent} whose maker is gone;
   * those that were kept stay.
   *
   * @return what was cleaned up, in words
   */
  static List<String> sweep(Path parent) {
    List<String> swept = new ArrayList<>();
    if (!Files.isDirectory(parent)) {
      return swept;
    }
    try (Stream<Path> entries = Files.list(parent)) {
      for (Path entry : entries.filter(SiteFolder::isAbandoned).toList()) {
        readLines(entry.resolve(CHILDREN)).forEach(line -> find(line).ifPresent(Signals::killTree));
        List<String> left = new SiteFolder(entry).remove();
        swept.addAll(left);
        if (left.isEmpty()) {
          swept.add("removed " + entry + ", which a run that was killed had left");
        }
      }
    } catch (IOException e) {
      throw new DrillException(
          parent + " cannot be listed: " + e.getMessage(), "check its owner", e);
    }
    return swept;
  }

  private static boolean isAbandoned(Path entry) {
    if (!entry.getFileName().toString().startsWith(PREFIX)
        || Files.exists(entry.resolve(KEPT))
        || !Files.isReadable(entry.resolve(OWNER))) {
      return false;
    }
    List<String> owner = readLines(entry.resolve(OWNER));
    return !owner.isEmpty() && find(owner.get(0)).isEmpty();
  }

  private static String line(ProcessHandle process) {
    return process.pid()
        + " "
        + process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
  }

  /**
   * The process of a line, if it still runs and is not another one that was given the same number.
   */
  private static Optional<ProcessHandle> find(String line) {
    if (!line.matches("\\d{1,18} \\d+")) {
      return Optional.empty(); // Its writer was killed while it wrote.
    }
    return ProcessHandle.of(Long.parseLong(line.substring(0, line.indexOf(' '))))
        .filter(process -> line(process).equals(line))
        .filter(Signals::isRunning);
  }

  private static List<String> readLines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException gone) {
      return List.of();
    }
  }

  static void deleteTree(Path root) throws IOException {
    if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    List<Path> all;
    try (Stream<Path> walk = Files.walk(root)) {
      all = new ArrayList<>(walk.toList());
    } catch (java.io.UncheckedIOException e) {
      throw e.getCause();
    }
    for (int i = all.size() - 1; i >= 0; i--) {
      Files.deleteIfExists(all.get(i));
    }
  }
}
