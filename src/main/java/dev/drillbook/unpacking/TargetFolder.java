package dev.drillbook.unpacking;

import dev.drillbook.plan.DataSize;
import dev.drillbook.timeline.DrillException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.stream.Stream;

/**
 * The only place that is written to. Nothing but files and folders is made in it, never a link, so
 * a name that stays within it when it is read also does when it is written.
 */
final class TargetFolder {
  private static final int CHUNK_BYTES = 128 * 1024;
  private static final String NAME_HINT =
      "do not restore this by hand either before it is known where it comes from";

  private final Path root;
  private final Budget budget;
  private final Space space;

  /** How many bytes can be written. */
  @FunctionalInterface
  interface Space {
    long free() throws IOException;
  }

  TargetFolder(Path root, Budget budget, Space space) {
    this.root = root;
    this.budget = budget;
    this.space = space;
  }

  static void mustBeEmpty(Path target) {
    try (Stream<Path> inside =
        Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS) ? Files.list(target) : null) {
      if (inside == null || inside.findAny().isPresent()) {
        throw new CannotUnpackHere(
            target + " is no empty folder", "unpack into a folder that was made for it");
      }
    } catch (IOException e) {
      throw new CannotUnpackHere(target + " cannot be listed: " + e, "check its owner", e);
    }
  }

  Path root() {
    return root;
  }

  /**
   * @throws DrillException if the file system is known to lack the space for so much more
   */
  void mustHold(String name, long bytes) {
    try {
      long free = space.free();
      if (bytes > free) {
        throw new CannotUnpackHere(
            name
                + " needs "
                + new DataSize(bytes)
                + " in "
                + root
                + ", where "
                + free / 1_000_000
                + " MB are free",
            "make room, or let the check unpack somewhere else");
      }
    } catch (IOException e) {
      throw new DrillException("the space in " + root + " cannot be asked for: " + e, "", e);
    }
  }

  void folder(String name) {
    budget.oneMore(name);
    Path path = within(name);
    try {
      Files.createDirectories(path);
    } catch (IOException e) {
      throw cannotWrite(path, e);
    }
  }

  /**
   * Writes what the data yields until its end.
   *
   * @return how many bytes
   * @throws DrillException if there is such a file already, or the name leads out of the folder
   */
  long file(String name, InputStream data) throws IOException {
    return file(name, data::read);
  }

  /** Yields data; negative at its end. */
  @FunctionalInterface
  interface Data {
    int read(byte[] buffer) throws IOException;
  }

  long file(String name, Data data) throws IOException {
    budget.oneMore(name);
    Path path = within(name);
    if (path.equals(root)) {
      throw new DrillException("a file in it has no name", NAME_HINT);
    }
    long written = 0;
    try (OutputStream out = create(path)) {
      byte[] buffer = new byte[CHUNK_BYTES];
      for (int got; (got = data.read(buffer)) >= 0; ) {
        budget.mayCome(name, got);
        write(path, out, buffer, got);
        budget.wrote(got);
        written += got;
      }
    }
    return written;
  }

  private static OutputStream create(Path path) {
    try {
      Files.createDirectories(path.getParent());
      return Files.newOutputStream(
          path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    } catch (FileAlreadyExistsException e) {
      throw new DrillException(
          Path.of(e.getFile()).getFileName() + " is in it twice",
          "which of the two would be restored depends on the tool; see what wrote it",
          e);
    } catch (IOException e) {
      throw cannotWrite(path, e);
    }
  }

  private static void write(Path path, OutputStream out, byte[] buffer, int length) {
    try {
      out.write(buffer, 0, length);
    } catch (IOException e) {
      throw cannotWrite(path, e);
    }
  }

  private static DrillException cannotWrite(Path path, IOException e) {
    return new CannotUnpackHere(
        path + " cannot be written: " + e.getMessage(),
        "check the space, and whether the file system takes such a name",
        e);
  }

  /** Where that name is in this folder. */
  Path within(String name) {
    if (name.startsWith("/") || List.of(name.split("/", -1)).contains("..")) {
      throw new DrillException("a file in it is called " + shown(name), NAME_HINT);
    }
    try {
      Path path = root.resolve(name).normalize();
      if (!path.startsWith(root)) {
        throw new DrillException("a file in it is called " + shown(name), NAME_HINT);
      }
      return path;
    } catch (InvalidPathException e) {
      throw new DrillException(
          "a file in it is called " + shown(name) + ", which is no name here",
          "if it is just not ASCII, run this with LC_ALL=C.UTF-8",
          e);
    }
  }

  /** A name for messages: without what a terminal would obey, and not too long. */
  static String shown(String name) {
    String clean = name.replaceAll("\\p{Cntrl}", "?");
    return clean.length() > 200 ? clean.substring(0, 200) + "..." : clean;
  }

  /** Removes all that is in it. */
  void clear() throws IOException {
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, IOException failure)
              throws IOException {
            if (!folder.equals(root)) {
              Files.delete(folder);
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
