package dev.drillbook.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;

/**
 * A folder of backups, each with its checksum and the globals of its night beside it.
 *
 * @param latest no file is of a later time than this, unless its night is
 */
record Catalogue(Form form, Path folder, Instant latest) {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("uuuuMMdd_HHmm").withZone(ZoneOffset.UTC);

  private static final Duration TOOK = Duration.ofMinutes(3);

  static Catalogue make(Form form, Path folder, Instant latest) throws IOException {
    return new Catalogue(form, Files.createDirectories(folder), latest);
  }

  static String stamp(Instant night) {
    return STAMP.format(night);
  }

  Path backup(Instant night) {
    return folder.resolve("shop_" + stamp(night) + form.suffix());
  }

  Path checksum(Instant night) {
    return folder.resolve(backup(night).getFileName() + ".sha256");
  }

  Path globals(Instant night) {
    return folder.resolve("globals_" + stamp(night) + ".sql");
  }

  /** What the database held when the backup was taken; one of dumps alone. */
  Path manifest(Instant night) {
    return folder.resolve(backup(night).getFileName() + ".manifest.json");
  }

  private List<Path> files(Instant night) {
    return form == Form.DUMP
        ? List.of(backup(night), checksum(night), globals(night), manifest(night))
        : List.of(backup(night), checksum(night), globals(night));
  }

  /** Another catalogue with those nights of this one. Its files are ours: never write into them. */
  Catalogue linked(Path to, Collection<Instant> nights) throws IOException {
    Catalogue other = make(form, to, latest);
    for (Instant night : nights) {
      for (Path file : files(night)) {
        link(file, to.resolve(file.getFileName()));
      }
    }
    return other;
  }

  /** Where there are no hard links, a copy does. */
  static void link(Path file, Path to) throws IOException {
    try {
      Files.createLink(to, file);
    } catch (UnsupportedOperationException | IOException e) {
      Files.copy(file, to, StandardCopyOption.COPY_ATTRIBUTES);
    }
  }

  void remove(Instant night) throws IOException {
    for (Path file : files(night)) {
      Files.delete(file);
    }
  }

  byte[] read(Instant night) throws IOException {
    return Files.readAllBytes(backup(night));
  }

  /** Puts {@code content} there as the backup of the night, with its checksum. */
  void put(Instant night, byte[] content) throws IOException {
    putAlone(night, content);
    putChecksum(night, content);
  }

  /** The same, and leaves its checksum as it is. */
  void putAlone(Instant night, byte[] content) throws IOException {
    write(backup(night), night, content);
  }

  /** A checksum of {@code content}, be that the backup or not. */
  void putChecksum(Instant night, byte[] content) throws IOException {
    String line = sha256(content) + "  " + backup(night).getFileName() + "\n";
    write(checksum(night), night, line.getBytes(StandardCharsets.UTF_8));
  }

  void putGlobals(Instant night, String sql) throws IOException {
    write(globals(night), night, sql.getBytes(StandardCharsets.UTF_8));
  }

  private void write(Path file, Instant night, byte[] content) throws IOException {
    // A new file: the old one may be linked to from other catalogues.
    Files.deleteIfExists(file);
    Files.write(file, content);
    date(file, night);
  }

  /** Gives the files of a night the time at which a job would have been done with them. */
  void date(Instant night) throws IOException {
    for (Path file : files(night)) {
      date(file, night);
    }
  }

  private void date(Path file, Instant night) throws IOException {
    Instant done = night.plus(TOOK);
    boolean early = done.isAfter(latest) && !night.isAfter(latest);
    Files.setLastModifiedTime(file, FileTime.from(early ? latest : done));
  }

  private static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
