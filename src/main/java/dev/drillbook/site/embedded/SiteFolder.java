package dev.drillbook.site.embedded;

import dev.drillbook.timeline.DrillException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The folder of one site, and the notes in it of who made it and which processes belong to it. A
 * note is on disk before the process is used, so that the next run can clean up after a run that
 * was killed. Its maker locks it for as long as it lives: the kernel lets go of the lock however it
 * dies, whatever the clock says and whichever numbers a container gives to its processes.
 */
final class SiteFolder {
  private static final String PREFIX = "drillbook-site-";
  private static final String OWNER = "owner";

  /**
   * A file that nobody reads: POSIX lets go of a process's locks as soon as it closes any channel
   * to the file.
   */
  private static final String LOCK = "lock";

  private static final String CHILDREN = "children";
  private static final String KEPT = "kept";
  private static final Set<String> NOTES = Set.of(OWNER, LOCK, CHILDREN, KEPT);
  private static final Duration REMOVED_WITHIN = Duration.ofSeconds(5);

  private final Path path;
  private final FileChannel lock;
  private final UndoFolder undo;

  private SiteFolder(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
    this.undo = new UndoFolder(path.resolve("undo"));
  }

  /** Where this user's sites are, each user's apart from the others'. */
  static Path parent() {
    return Path.of(System.getProperty("java.io.tmpdir"), "drillbook-" + OurUser.id());
  }

  /**
   * Makes a new folder in {@code parent}. Others may pass through both, since the server may run as
   * another user than we do and must reach its data; only we may list and change them.
   */
  static SiteFolder create(Path parent) {
    try {
      if (!Files.exists(parent, LinkOption.NOFOLLOW_LINKS)) {
        makeClosed(parent);
      }
      requireOurs(parent);
      Path path = Files.createTempDirectory(parent, PREFIX);
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx--x--x"));
      // The owner's note last: what has none is not finished, and no sweep touches it.
      FileChannel lock =
          FileChannel.open(
              path.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      lock.lock();
      Files.writeString(path.resolve(OWNER), ProcessNote.of(ProcessHandle.current()));
      return new SiteFolder(path, lock);
    } catch (IOException e) {
      throw new DrillException(
          "no folder for the site could be made in " + parent + ": " + e.getMessage(),
          "is the disk full, or the folder not ours? another one can be set with -Djava.io.tmpdir",
          e);
    }
  }

  /** From its first moment on: another JVM may be looking at it. */
  private static void makeClosed(Path parent) throws IOException {
    try {
      Files.createDirectories(parent.getParent());
      Files.createDirectory(
          parent,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx--x--x")));
    } catch (FileAlreadyExistsException madeMeanwhile) {
      // By a drill beside this one.
    }
  }

  /**
   * What is in a site's folder is run when it is swept: nobody else may have put it there.
   *
   * @throws DrillException if others may write to it
   */
  private static void requireOurs(Path parent) throws IOException {
    if (!isOurs(parent)) {
      throw new DrillException(
          parent
              + " belongs to "
              + Files.getOwner(parent, LinkOption.NOFOLLOW_LINKS).getName()
              + ", is a link, or lets others write to it",
          "remove it, or set another folder with -Djava.io.tmpdir");
    }
  }

  /** False for one that is gone. */
  private static boolean isOurs(Path folder) throws IOException {
    PosixFileAttributes found;
    try {
      found = Files.readAttributes(folder, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException gone) {
      return false;
    }
    return found.isDirectory()
        && found.owner().equals(OurUser.get())
        && !found.permissions().contains(PosixFilePermission.GROUP_WRITE)
        && !found.permissions().contains(PosixFilePermission.OTHERS_WRITE);
  }

  Path path() {
    return path;
  }

  /**
   * Makes a folder in it, and those between; does nothing where it is there. A site that was
   * removed stays so.
   */
  Path make(Path made) {
    Path below = path;
    try {
      for (Path name : path.relativize(made)) {
        below = below.resolve(name);
        if (!Files.isDirectory(below)) {
          Files.createDirectory(below);
        }
      }
      return made;
    } catch (NoSuchFileException gone) {
      throw new DrillException(
          made + " could not be made: the site has been removed",
          "nothing can be started on it any more",
          gone);
    } catch (IOException e) {
      throw new DrillException(
          made + " could not be made: " + e.getMessage(), "is the disk full?", e);
    }
  }

  /** Writes down that {@code child} belongs to this site. */
  void adopt(ProcessHandle child) {
    try {
      Files.writeString(
          path.resolve(CHILDREN),
          ProcessNote.of(child) + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new DrillException(
          path + " could not be written: " + e.getMessage(), "is the disk full?", e);
    }
  }

  /** Writes a file that only we can read, from the first byte on. */
  static void writeSecret(Path file, String text) throws IOException {
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, text);
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
        release();
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

  /** Lets go of the lock, as the end of this JVM does. */
  void release() throws IOException {
    lock.close();
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
    if (!Files.exists(parent, LinkOption.NOFOLLOW_LINKS)) {
      return swept;
    }
    try (Stream<Path> entries = Files.list(parent)) {
      requireOurs(parent);
      for (Path entry : entries.toList()) {
        Optional<SiteFolder> abandoned = claimAbandoned(entry);
        if (abandoned.isPresent()) {
          swept.addAll(abandoned.get().sweep());
        }
      }
    } catch (IOException e) {
      throw new DrillException(
          parent + " cannot be listed: " + e.getMessage(), "check its owner", e);
    }
    return swept;
  }

  /** Whether nobody has the site in {@code folder} any more, or it is gone. */
  static boolean isAbandoned(Path folder) {
    // Not "does not exist": what cannot be looked at is somebody else's, and may live.
    if (Files.notExists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return true;
    }
    try {
      Optional<SiteFolder> abandoned = claimAbandoned(folder);
      if (abandoned.isPresent()) {
        abandoned.get().release();
      }
      return abandoned.isPresent();
    } catch (IOException unknown) {
      return false;
    }
  }

  private List<String> sweep() throws IOException {
    List<ProcessHandle> children =
        readLines(path.resolve(CHILDREN)).stream()
            .flatMap(line -> ProcessNote.find(line).stream())
            .toList();
    List<String> left = takeDown(children);
    release();
    return left.isEmpty()
        ? List.of("removed " + path + ", which a run that was killed had left")
        : left;
  }

  /**
   * Ends every process of the site, undoes the faults that are still in force, and removes the
   * folder.
   *
   * @param started the processes that the site has started
   * @return what could not be ended, undone or removed, in words
   */
  List<String> takeDown(Collection<ProcessHandle> started) {
    List<String> left = new ArrayList<>();
    SiteProcesses.end(started, path)
        .forEach(process -> left.add("process " + process.pid() + " could not be ended"));
    left.addAll(undo().undoAll().failed());
    // What could not be undone is for the next run, which needs the notes.
    left.addAll(left.isEmpty() ? remove() : List.of(path + " was left for the next run"));
    return left;
  }

  /** How to undo the faults that are in force on this site. */
  UndoFolder undo() {
    return undo;
  }

  /** The folder with its lock, if its maker holds it no more and did not keep the site. */
  private static Optional<SiteFolder> claimAbandoned(Path entry) throws IOException {
    if (!entry.getFileName().toString().startsWith(PREFIX)
        || !isOurs(entry)
        || Files.exists(entry.resolve(KEPT))
        || !Files.isReadable(entry.resolve(OWNER))) {
      return Optional.empty();
    }
    if (readLines(entry.resolve(OWNER)).contains(ProcessNote.of(ProcessHandle.current()))) {
      return Optional.empty(); // To open our own lock and to close it again would be to lose it.
    }
    FileChannel channel;
    try {
      channel =
          FileChannel.open(
              entry.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (IOException gone) {
      return Optional.empty(); // Or somebody else's.
    }
    try {
      if (channel.tryLock() != null) {
        return Optional.of(new SiteFolder(entry, channel));
      }
    } catch (OverlappingFileLockException heldInThisJvm) {
      // As good as a lock that another process holds.
    }
    channel.close();
    return Optional.empty();
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
