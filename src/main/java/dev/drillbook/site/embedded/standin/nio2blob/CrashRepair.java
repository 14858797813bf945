package dev.drillbook.site.embedded.standin.nio2blob;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Brings buckets into order that a killed process left in the middle of a change. To replace an
 * object of a bucket with versions, the library first moves it to the older ones: killed right
 * then, it would have lost an object that was acknowledged long ago.
 */
final class CrashRepair {
  private static final String VERSIONS = ".s3proxy-versions";
  private static final String KEY = "user.version-key";
  private static final String ID = "user.version-id";
  private static final String DELETE_MARKER = "user.delete-marker";

  /** Every object has it, and a folder that is one. */
  private static final String CONTENT = "user.content-md5";

  private final Path root;
  private final KeysLikeTemporary keys;
  private long highest;

  CrashRepair(Path root, KeysLikeTemporary keys) {
    this.root = root;
    this.keys = keys;
  }

  /** Repairs every bucket; gives the highest number of a version that was found, or 0. */
  long run() throws IOException {
    for (Path bucket : list(root)) {
      removeTemporaryFiles(bucket);
      bringBackCurrentVersions(bucket);
    }
    return highest;
  }

  private void removeTemporaryFiles(Path bucket) throws IOException {
    Files.walkFileTree(
        bucket,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return folder.equals(bucket.resolve(VERSIONS))
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (keys.isTemporary(name(bucket), bucket.relativize(file).toString())) {
              Files.delete(file);
            } else {
              notice(text(attributes(file), ID));
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, IOException failure)
              throws IOException {
            // Made for an object that never came to be; such a folder would keep its bucket alive.
            if (!folder.equals(bucket)
                && list(folder).isEmpty()
                && !attributes(folder).list().contains(CONTENT)) {
              Files.delete(folder);
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private void bringBackCurrentVersions(Path bucket) throws IOException {
    Map<String, Path> newest = new HashMap<>();
    for (Path version : list(bucket.resolve(VERSIONS))) {
      UserDefinedFileAttributeView attributes = attributes(version);
      List<String> names = attributes.list();
      if (!names.contains(CONTENT) && !names.contains(DELETE_MARKER)) {
        Files.delete(version); // A delete marker that was not finished.
        continue;
      }
      notice(text(attributes, ID));
      String name = version.getFileName().toString();
      notice(name.substring(name.lastIndexOf('-') + 1));
      String key = text(attributes, KEY);
      if (!key.isEmpty()) {
        // The sequence ends the name; before it is the same hash for one key.
        newest.merge(key, version, (a, b) -> a.compareTo(b) > 0 ? a : b);
      }
    }
    for (Map.Entry<String, Path> entry : newest.entrySet()) {
      Path current = bucket.resolve(entry.getKey());
      if (!Files.exists(current) && !attributes(entry.getValue()).list().contains(DELETE_MARKER)) {
        Files.createDirectories(current.getParent());
        Files.move(entry.getValue(), current, StandardCopyOption.ATOMIC_MOVE);
      }
    }
  }

  /** Remembers the number in {@code id}, if it is the highest so far. */
  private void notice(String id) {
    String digits = id.startsWith("v") ? id.substring(1) : id;
    if (digits.matches("\\d{16,18}")) {
      highest = Math.max(highest, Long.parseLong(digits));
    }
  }

  private static String text(UserDefinedFileAttributeView attributes, String name)
      throws IOException {
    if (!attributes.list().contains(name)) {
      return "";
    }
    ByteBuffer value = ByteBuffer.allocate(attributes.size(name));
    attributes.read(name, value);
    return UTF_8.decode(value.flip()).toString();
  }

  private static UserDefinedFileAttributeView attributes(Path file) {
    return Files.getFileAttributeView(file, UserDefinedFileAttributeView.class);
  }

  private static String name(Path bucket) {
    return bucket.getFileName().toString();
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return new ArrayList<>(entries.toList());
    } catch (NoSuchFileException none) {
      return List.of();
    }
  }
}
