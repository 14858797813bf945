package dev.drillbook.catalogue;

import dev.drillbook.timeline.DrillException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Backups in a directory. A link that leads to that directory is followed, none below it is. */
final class DirectorySource implements BackupSource {

  /** What fsck keeps at the root of a file system, for root alone. */
  private static final String NO_BACKUPS = "lost+found";

  private final Path root;

  DirectorySource(Path root) {
    this.root = root;
  }

  @Override
  public List<StoredFile> list() {
    if (Files.notExists(root)) {
      throw new DrillException(
          "there is no directory " + root,
          "is it mounted, and spelt as on the machine that writes the backups?");
    }
    if (Files.exists(root) && !Files.isDirectory(root)) {
      throw new DrillException(root + " is no directory", "name the folder that backups are in");
    }
    try {
      Listing listing = new Listing(root.toRealPath());
      Files.walkFileTree(listing.start, listing);
      return listing.files;
    } catch (AccessDeniedException e) {
      throw new DrillException(
          e.getFile() + " may not be listed by " + System.getProperty("user.name"),
          "grant reading, or run the check as somebody who may: what cannot be seen cannot be judged",
          e);
    } catch (IOException e) {
      throw new DrillException(
          root + " cannot be listed: " + e, "check the disk or the mount behind it", e);
    }
  }

  @Override
  public InputStream open(StoredFile file) {
    Path path = root.resolve(file.name()).normalize();
    if (!path.startsWith(root)) {
      throw new DrillException(
          file.name() + " leads out of " + root, "read only what the directory listed");
    }
    try {
      return Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException e) {
      throw new DrillException(
          path + " has gone since it was listed", "run the check when nothing is being purged", e);
    } catch (AccessDeniedException e) {
      throw new DrillException(
          path + " may not be read by " + System.getProperty("user.name"),
          "grant reading, or run the check as somebody who may",
          e);
    } catch (IOException e) {
      throw new DrillException(path + " cannot be opened: " + e, "check the disk behind it", e);
    }
  }

  @Override
  public Lock lock(StoredFile file, Instant wanted) {
    return new Lock.Untold("a directory does not tell whether its files can be deleted");
  }

  @Override
  public String where() {
    return root.toString();
  }

  @Override
  public void close() {}

  /** Collects regular files, and passes over what goes away meanwhile. */
  private static final class Listing extends SimpleFileVisitor<Path> {
    private final List<StoredFile> files = new ArrayList<>();
    private final Path start;

    Listing(Path start) {
      this.start = start;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (attributes.isRegularFile()) {
        String name =
            start.relativize(file).toString().replace(file.getFileSystem().getSeparator(), "/");
        files.add(
            new StoredFile(name, attributes.size(), attributes.lastModifiedTime().toInstant()));
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
      if (failure instanceof NoSuchFileException || file.endsWith(NO_BACKUPS)) {
        return FileVisitResult.CONTINUE;
      }
      throw failure;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, IOException failure) throws IOException {
      if (failure == null || failure instanceof NoSuchFileException) {
        return FileVisitResult.CONTINUE;
      }
      throw failure;
    }
  }
}
