package dev.drillbook.site.embedded;

import dev.drillbook.site.Command;
import dev.drillbook.site.DataFiles;
import dev.drillbook.site.Store;
import dev.drillbook.site.Transcript;
import dev.drillbook.timeline.DrillException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a store does alike, whatever it stores: all its data is in one folder. */
abstract class EmbeddedStore extends EmbeddedProcess implements Store {
  private static final Duration SEEDED_WITHIN = Duration.ofMinutes(10);

  private SmallDisk disk;

  EmbeddedStore(EmbeddedSite site, Ports ports) {
    super(site, ports);
  }

  /** All that a script finds in its environment. */
  abstract Map<String, String> scriptEnvironment();

  /**
   * Runs the plan's command that fills it, if there is one.
   *
   * @throws DrillException if it fails
   */
  void fill(List<String> seed, double scale) {
    if (seed.isEmpty()) {
      return;
    }
    Command command =
        site.command(
            name(),
            "the seed of " + name(),
            site.host().fillIn(seed),
            () -> {
              Map<String, String> environment = site.host().environment();
              environment.putAll(site.addressEnvironment(name()));
              environment.put("SCALE", EmbeddedSite.text(scale));
              return environment;
            },
            site.planFolder());
    try {
      command.perform(new Transcript(site.secrets()), SEEDED_WITHIN);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DrillException(
          "interrupted while " + name() + " was being filled", "run the drill again", e);
    }
  }

  /**
   * Refuses to start a server on nothing.
   *
   * @throws DrillException if the data folder is missing or empty
   */
  void requireData() {
    String[] files = dataFolder().toFile().list();
    if (files == null || files.length == 0) {
      throw new DrillException(
          name() + " has no data: " + dataFolder() + " is missing or empty",
          "provision a new store first, then restore into it");
    }
  }

  /** Fills the empty data folder with what a new store has, and starts it. */
  abstract void begin();

  @Override
  public synchronized void provision() {
    if (isRunning()) {
      process.kill();
    }
    empty();
    begin();
  }

  /** Leaves an empty data folder, which nobody else may look into. */
  void empty() {
    site.host().requireOpen();
    destroyData();
    // The folder above is the store's own too: scripts replace the data as a whole.
    site.host().share(site.makeFolder(dataFolder().getParent()));
    site.makeFolder(dataFolder());
    site.host().own(dataFolder());
    try {
      Files.setPosixFilePermissions(dataFolder(), PosixFilePermissions.fromString("rwx------"));
    } catch (IOException e) {
      throw new DrillException(
          dataFolder() + " could not be closed to others: " + e, "check the file system", e);
    }
  }

  Path dataFolder() {
    return site.folder().resolve(name()).resolve("data");
  }

  @Override
  public DataFiles files() {
    return new LocalFiles(dataFolder());
  }

  @Override
  public synchronized SmallDisk disk() {
    if (disk == null) {
      disk =
          new SmallDisk(
              dataFolder(),
              site.undoJournal(),
              () -> isRunning() ? process.handle() : Optional.empty());
    }
    return disk;
  }

  @Override
  public synchronized void destroyData() {
    disk().unmount();
    try {
      SiteFolder.deleteTree(dataFolder());
    } catch (IOException e) {
      throw new DrillException(
          "the data of " + name() + " could not be destroyed: " + e.getMessage(),
          "a running server writes while it is deleted: kill it first",
          e);
    }
  }

  /** A program that comes with the server; empty where what scripts find has to do. */
  Optional<String> ownTool(String program) {
    return Optional.empty();
  }

  @Override
  public Command tool(String program, String... arguments) {
    return site.tool(name(), program, ownTool(program), List.of(arguments), this::toolEnvironment);
  }

  private Map<String, String> toolEnvironment() {
    Map<String, String> environment = scriptEnvironment();
    environment.putAll(site.backupFolders(spec()));
    return environment;
  }

  @Override
  public Command script(String file, String... arguments) {
    return site.script(name(), file, List.of(arguments), this::toolEnvironment);
  }
}
