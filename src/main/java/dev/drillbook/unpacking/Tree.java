package dev.drillbook.unpacking;

import dev.drillbook.plan.RestoreCheck.Format;
import dev.drillbook.timeline.DrillException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * What the files are, once they lie in a folder.
 *
 * @param format what they are together
 * @param path what a restore tool is to be given
 * @param origin what they say of where they come from
 */
record Tree(Format format, Path path, Origin origin) {
  private static final int HEAD_BYTES = 64 * 1024;

  /**
   * @param expected what it should be, where that is known
   */
  static Tree of(Path target, Optional<Format> expected) throws IOException {
    if (expected.equals(Optional.of(Format.TAR))) {
      return new Tree(Format.TAR, target, Origin.UNKNOWN);
    }
    Path inner = inner(target);
    if (Files.isRegularFile(inner.resolve("toc.dat"))) {
      Origin origin = PgArchive.read("toc.dat", head(inner.resolve("toc.dat"))).origin();
      return new Tree(Format.DIRECTORY, inner, origin);
    }
    for (Path data : List.of(inner, inner.resolve("data"))) {
      if (isDataDirectory(data)) {
        return new Tree(Format.BASE, data, originOfData(data));
      }
    }
    if (holdsBson(inner)) {
      boolean oneDatabase = !inner.equals(target);
      return new Tree(Format.MONGO_FOLDER, oneDatabase ? inner.getParent() : inner, Origin.UNKNOWN);
    }
    if (anyFolderHoldsBson(inner)) {
      return new Tree(Format.MONGO_FOLDER, inner, Origin.UNKNOWN);
    }
    return ofOnlyFile(inner).orElse(new Tree(Format.TAR, target, Origin.UNKNOWN));
  }

  /** Archives often hold one folder that holds the rest. */
  private static Path inner(Path folder) throws IOException {
    List<Path> inside = some(folder);
    return inside.size() == 1 && Files.isDirectory(inside.get(0)) ? inner(inside.get(0)) : folder;
  }

  private static List<Path> some(Path folder) throws IOException {
    try (Stream<Path> inside = Files.list(folder)) {
      return inside.limit(2).toList();
    }
  }

  private static boolean isDataDirectory(Path folder) {
    return Files.isRegularFile(folder.resolve("PG_VERSION"))
        && (Files.isRegularFile(folder.resolve("backup_label"))
            || Files.isRegularFile(folder.resolve("global").resolve("pg_control")));
  }

  private static Origin originOfData(Path data) throws IOException {
    String version = new String(head(data.resolve("PG_VERSION")), StandardCharsets.US_ASCII);
    OptionalInt major = Origin.major(version);
    return new Origin(Optional.empty(), major);
  }

  private static boolean holdsBson(Path folder) throws IOException {
    try (Stream<Path> inside = Files.list(folder)) {
      return inside.anyMatch(
          file -> isBson(file.getFileName().toString()) && Files.isRegularFile(file));
    }
  }

  /** Whether mongodump compressed the files. */
  static boolean holdsGzip(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder, 2)) {
      return files.anyMatch(file -> file.getFileName().toString().endsWith(".bson.gz"));
    }
  }

  private static boolean isBson(String name) {
    return (name.endsWith(".bson") || name.endsWith(".bson.gz")) && !name.startsWith("oplog.");
  }

  private static boolean anyFolderHoldsBson(Path folder) throws IOException {
    try (Stream<Path> inside = Files.list(folder)) {
      for (Path child : (Iterable<Path>) inside::iterator) {
        if (Files.isDirectory(child) && holdsBson(child)) {
          return true;
        }
      }
    }
    return false;
  }

  private static Optional<Tree> ofOnlyFile(Path inner) throws IOException {
    List<Path> inside = some(inner);
    if (inside.size() != 1) {
      return Optional.empty();
    }
    Path only = inside.get(0);
    String name = only.getFileName().toString();
    byte[] head = head(only);
    Layer.of(head)
        .ifPresent(
            layer -> {
              throw new DrillException(
                  name + " is the only file of an archive and " + layer.word() + " itself",
                  "compress and encrypt the archive as a whole, not a file in it");
            });
    Optional<Format> format = Dump.format(head);
    if (format.isEmpty()) {
      return Optional.empty();
    }
    Dump.mustEnd(format.get(), name, head, only);
    return Optional.of(new Tree(format.get(), only, Dump.origin(format.get(), name, head)));
  }

  private static byte[] head(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(HEAD_BYTES);
    }
  }
}
