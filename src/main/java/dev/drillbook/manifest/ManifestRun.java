package dev.drillbook.manifest;

import dev.drillbook.snapshot.DatabaseImage;
import dev.drillbook.snapshot.DatabaseSnapshot;
import dev.drillbook.snapshot.SchemaImage;
import dev.drillbook.timeline.DrillException;
import dev.drillbook.timeline.Nearest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * Runs the command that takes a backup, in a snapshot that is read at the same time, and writes
 * down what was in it. The database is only read. Where the reading fails the command still comes
 * to its end: a backup without a manifest is better than none.
 */
public final class ManifestRun {
  /** What stands for the snapshot's identifier in the command. */
  public static final String PLACEHOLDER = "{snapshot}";

  /** The variable that the command finds the snapshot's identifier in. */
  public static final String VARIABLE = "DRILLBOOK_SNAPSHOT";

  private final LibpqSettings database;
  private final Map<String, String> environment;
  private final Path output;
  private final Set<String> uncounted;
  private final boolean rowsOnly;

  /**
   * @param environment the command's, which names the database too, see {@link LibpqSettings}
   * @param output the manifest; nothing may be there
   * @param uncounted tables whose rows the backup leaves out
   * @param rowsOnly whether definitions are left out
   */
  public ManifestRun(
      Map<String, String> environment, Path output, Set<String> uncounted, boolean rowsOnly) {
    this.database = new LibpqSettings(environment);
    this.environment = Map.copyOf(environment);
    this.output = output;
    this.uncounted = uncounted;
    this.rowsOnly = rowsOnly;
  }

  /**
   * Runs the command; what it prints goes where our own output does.
   *
   * @return the manifest, which has been written
   * @throws DrillException if there is none, since the command failed or the reading did; the
   *     message says which, and what became of the other
   */
  public Manifest run(List<String> command) throws InterruptedException {
    requireRoom();
    try (DatabaseSnapshot snapshot = DatabaseSnapshot.open(database.name(), database)) {
      Instant takenAt = Instant.now();
      requireTables(snapshot);
      Process process = start(command, snapshot);
      Thread ending = new Thread(process::destroy, "drillbook-manifest-end");
      Runtime.getRuntime().addShutdownHook(ending);
      try {
        return take(snapshot, takenAt, process);
      } finally {
        process.destroy();
        process.waitFor();
        removeHook(ending);
      }
    }
  }

  private static void removeHook(Thread ending) {
    try {
      Runtime.getRuntime().removeShutdownHook(ending);
    } catch (IllegalStateException e) {
      // It is running.
    }
  }

  private void requireRoom() {
    Path folder = output.toAbsolutePath().getParent();
    if (Files.exists(output)) {
      throw new DrillException(
          output + " is there already", "a manifest is of one backup: name a new file");
    }
    if (!Files.isDirectory(folder) || !Files.isWritable(folder)) {
      throw new DrillException(
          folder + " is no folder that can be written to", "make it, or name another --output");
    }
  }

  private void requireTables(DatabaseSnapshot snapshot) {
    try {
      Set<String> tables = snapshot.tables();
      for (String table : uncounted) {
        if (!tables.contains(table)) {
          throw new DrillException(
              "there is no table " + table + " to leave out",
              Nearest.hint(table, "there are", tables));
        }
      }
    } catch (SQLException e) {
      throw new DrillException(
          "the tables of " + database.name() + " cannot be listed: " + e.getMessage(),
          "see the server's log",
          e);
    }
  }

  private Process start(List<String> command, DatabaseSnapshot snapshot) {
    try {
      String id = snapshot.export();
      ProcessBuilder builder =
          new ProcessBuilder(command.stream().map(part -> part.replace(PLACEHOLDER, id)).toList())
              .inheritIO();
      builder.environment().clear();
      builder.environment().putAll(environment);
      builder.environment().put(VARIABLE, id);
      return builder.start();
    } catch (SQLException e) {
      throw new DrillException(
          "the snapshot of " + database.name() + " could not be exported: " + e.getMessage(),
          "see the server's log",
          e);
    } catch (IOException e) {
      throw new DrillException(
          command.get(0) + " could not be started: " + e.getMessage(),
          "is it on the PATH, and may it be executed?",
          e);
    }
  }

  /** Waits for the command whatever becomes of the reading. */
  private Manifest take(DatabaseSnapshot snapshot, Instant takenAt, Process process)
      throws InterruptedException {
    CompletableFuture<Void> watch =
        process.onExit().thenAccept(ended -> endReading(ended, snapshot));
    Manifest manifest;
    try {
      DatabaseImage image = snapshot.readWithout(uncounted);
      manifest =
          new Manifest(
              takenAt,
              database.database(),
              snapshot.origin(),
              rowsOnly ? withoutDefinitions(image) : image,
              uncounted);
      require(process);
      ManifestFile.write(output, manifest);
    } catch (SQLException | IOException e) {
      require(process);
      throw new DrillException(
          "the command ended well, but the manifest could not be taken: " + e.getMessage(),
          "the backup is as good as it would be without; may the role read every table?",
          e);
    }
    watch.join();
    return manifest;
  }

  /** Nobody wants the manifest of a backup that there is not. */
  private static void endReading(Process ended, DatabaseSnapshot snapshot) {
    if (ended.exitValue() != 0) {
      snapshot.abort();
    }
  }

  private static void require(Process process) throws InterruptedException {
    int exit = process.waitFor();
    if (exit != 0) {
      throw new DrillException(
          "the command ended with " + exit + ", so there is no manifest",
          "read what it printed; was its own database the one of PGHOST, PGPORT and PGDATABASE?");
    }
  }

  private static DatabaseImage withoutDefinitions(DatabaseImage image) {
    SchemaImage counters = new SchemaImage(new TreeMap<>(), List.of(), image.schema().counters());
    return new DatabaseImage(image.tables(), counters, image.replaced());
  }
}
