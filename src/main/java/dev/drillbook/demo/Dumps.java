package dev.drillbook.demo;

import dev.drillbook.manifest.Manifest;
import dev.drillbook.manifest.ManifestFile;
import dev.drillbook.site.Command;
import dev.drillbook.site.Postgres;
import dev.drillbook.snapshot.DatabaseSnapshot;
import dev.drillbook.timeline.DrillException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Takes backups of the shop, with the plan's own script and with pg_dump.
 *
 * @param work a folder for what lies around meanwhile
 */
record Dumps(Postgres db, Path work) {

  /** Dump, checksum and globals of a night, as the shop's own job takes them. */
  void nightly(Catalogue to, Instant night) throws IOException {
    run(
        db.script("backup.sh", Catalogue.stamp(night))
            .with("BACKUP_DIR", () -> to.folder().toString()));
    writeManifest(to.manifest(night), night);
    to.putGlobals(night, withoutOurs(Files.readString(to.globals(night))));
    to.date(night);
  }

  /** As drillbook manifest does; nobody writes meanwhile. */
  private void writeManifest(Path to, Instant night) throws IOException {
    try (DatabaseSnapshot snapshot = DatabaseSnapshot.open(db)) {
      ManifestFile.write(
          to, new Manifest(night, db.database(), snapshot.origin(), snapshot.read(), Set.of()));
    } catch (SQLException e) {
      throw new DrillException(
          "the demo's database cannot be read: " + e.getMessage(), "see its log", e);
    }
  }

  /** The administrators of the server that played the shop's are not the shop's. */
  static String withoutOurs(String globals) {
    return globals
        .replaceAll(" GRANTED BY drillbook_\\w+", "")
        .lines()
        .filter(line -> !line.contains("drillbook_"))
        .map(line -> line + "\n")
        .collect(Collectors.joining());
  }

  byte[] custom(String... options) throws IOException {
    Path file = work.resolve("dump");
    pgDump("custom", file, options);
    return taken(file);
  }

  String sql() throws IOException {
    Path file = work.resolve("sql");
    pgDump("plain", file);
    String sql = Files.readString(file);
    Files.delete(file);
    return sql;
  }

  /** A directory dump as an archive, which may go on. */
  Tar tar(Instant night) throws IOException {
    Path folder = work.resolve("folder");
    pgDump("directory", folder);
    List<Path> files;
    try (Stream<Path> found = Files.list(folder)) {
      files = found.sorted().toList();
    }
    Tar tar = new Tar(night);
    for (Path file : files) {
      tar.file(file.getFileName().toString(), taken(file));
    }
    Files.delete(folder);
    return tar;
  }

  private static byte[] taken(Path file) throws IOException {
    byte[] content = Files.readAllBytes(file);
    Files.delete(file);
    return content;
  }

  private void pgDump(String format, Path file, String... options) {
    List<String> all = new ArrayList<>(List.of("--format=" + format, "--file=" + file));
    all.addAll(List.of(options));
    run(db.tool("pg_dump", all.toArray(String[]::new)));
  }

  private static void run(Command command) {
    try {
      command.perform();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DrillException(
          "interrupted while the demo's backups were made", "make them again", e);
    }
  }
}
