package dev.drillbook.site.containers;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * Gives a file or folder, and what is in it, to another user; what vanishes meanwhile is passed.
 */
final class Ownership extends SimpleFileVisitor<Path> {
  private final int uid;
  private final int gid;

  private Ownership(int uid, int gid) {
    this.uid = uid;
    this.gid = gid;
  }

  /**
   * @throws IOException if something that is there cannot be given away
   */
  static void give(Path path, int uid, int gid) throws IOException {
    Files.walkFileTree(path, new Ownership(uid, gid));
  }

  @Override
  public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
      throws IOException {
    give(folder);
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
    give(file);
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFileFailed(Path file, IOException problem) throws IOException {
    if (problem instanceof NoSuchFileException) {
      return FileVisitResult.CONTINUE;
    }
    throw problem;
  }

  /** A server at work removes files of its own while it lists them. */
  @Override
  public FileVisitResult postVisitDirectory(Path folder, IOException problem) throws IOException {
    if (problem == null || problem instanceof NoSuchFileException) {
      return FileVisitResult.CONTINUE;
    }
    throw problem;
  }

  private void give(Path path) throws IOException {
    try {
      Files.setAttribute(path, "unix:uid", uid, LinkOption.NOFOLLOW_LINKS);
      Files.setAttribute(path, "unix:gid", gid, LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException vanished) {
      // Then it needs no owner.
    }
  }
}
