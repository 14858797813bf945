package dev.drillbook.physical;

import dev.drillbook.site.Command;
import dev.drillbook.site.DataDirectory;
import dev.drillbook.site.Postgres;
import dev.drillbook.site.Transcript;
import dev.drillbook.timeline.DrillException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Brings a throwaway server to what a set in a copied pgBackRest repository holds, by the tool of
 * that name, run as whom the server runs as. Its WAL is got by {@code archive-get} before the
 * server is started, so that it can be looked through.
 *
 * @param passphrase of the repository; empty where it is not encrypted
 */
public record PgBackRestRestore(
    Postgres database, FetchedRepository repository, Optional<Supplier<String>> passphrase) {
  private static final String PROGRAM = "pgbackrest";

  /**
   * Restores it. Whatever the server had is gone.
   *
   * @param transcript what the tool prints goes there
   * @throws CannotRestoreHere if this machine cannot, or must not, do so
   * @throws DrillException if the backup is of no use
   */
  public Recovered restore(Transcript transcript, Duration limit) throws InterruptedException {
    DataDirectory directory = database.dataDirectory();
    directory.empty();
    Path work = made(repository.folder().resolveSibling("pgbackrest"));
    Path tablespaces = made(work.resolve("tablespaces"));
    Path wal = made(work.resolve("wal"));
    directory.share(work);
    directory.share(repository.folder());
    restore(directory, work, tablespaces, transcript, limit);

    DataFolder data = new DataFolder(directory.path());
    data.requireNoWayOut(tablespaces);
    getWal(directory, data, work, wal, transcript, limit);
    PhysicalRestore recovery =
        new PhysicalRestore(database, Optional.of(new FetchedWal(wal, repository.until())), limit);
    recovery.requireRestorable(data);
    return recovery.recover(data);
  }

  private void restore(
      DataDirectory directory, Path work, Path tablespaces, Transcript transcript, Duration limit)
      throws InterruptedException {
    List<String> arguments = options(directory, work);
    arguments.addAll(
        List.of(
            "--set=" + repository.label(),
            "--type=default",
            "--tablespace-map-all=" + tablespaces,
            "--spool-path=" + work.resolve("spool"),
            "restore"));
    try {
      command(directory, PROGRAM, arguments).perform(transcript, limit);
    } catch (DrillException e) {
      if (e.problem().matches("(?s).*(" + PROGRAM + ": (command )?not found).*")) {
        throw new CannotRestoreHere(
            PROGRAM + " is not on the PATH",
            "install it: apt-get install pgbackrest, or dnf install pgbackrest; with --site containers, into the store's image",
            e);
      }
      throw e;
    }
  }

  /** All that recovery may ask for, by one shell: a container for each would take seconds. */
  private void getWal(
      DataDirectory directory,
      DataFolder data,
      Path work,
      Path wal,
      Transcript transcript,
      Duration limit)
      throws InterruptedException {
    WalName start = data.start();
    List<String> wanted =
        Stream.concat(
                repository.histories().stream(),
                repository.segments().stream()
                    .filter(
                        name ->
                            name.position().compareTo(start.position()) >= 0
                                && name.timeline() >= start.timeline())
                    .map(WalName::toString))
            .toList();
    String get =
        options(directory, work).stream()
            .map(option -> "'" + option.replace("'", "'\\''") + "'")
            .collect(Collectors.joining(" ", PROGRAM + " ", " archive-get "));
    StringBuilder script = new StringBuilder("set -e\n");
    for (String name : wanted) {
      script.append(get).append(name).append(" \"$0/").append(name).append("\"\n");
    }
    Path file = work.resolve("get-wal.sh");
    try {
      Files.writeString(file, script);
    } catch (IOException e) {
      throw new CannotRestoreHere(file + " could not be written: " + e, "is the disk full?", e);
    }
    directory.share(work);
    try {
      command(directory, "/bin/sh", List.of("-c", ". \"$1\"", wal.toString(), file.toString()))
          .perform(transcript, limit);
    } catch (DrillException e) {
      throw new DrillException(PROGRAM + " archive-get: " + e.problem(), e.hint(), e);
    }
  }

  private List<String> options(DataDirectory directory, Path work) {
    List<String> options =
        new ArrayList<>(
            List.of(
                "--config=/dev/null",
                "--stanza=" + repository.stanza(),
                "--repo1-path=" + repository.folder(),
                "--pg1-path=" + directory.path(),
                "--lock-path=" + work.resolve("lock"),
                "--log-level-file=off",
                "--log-level-console=warn"));
    if (passphrase.isPresent()) {
      options.add("--repo1-cipher-type=aes-256-cbc");
    }
    return options;
  }

  private Command command(DataDirectory directory, String program, List<String> arguments) {
    Command command = directory.program(program, arguments.toArray(String[]::new));
    return passphrase
        .map(secret -> command.with("PGBACKREST_REPO1_CIPHER_PASS", secret))
        .orElse(command);
  }

  private static Path made(Path folder) {
    try {
      return Files.createDirectories(folder);
    } catch (IOException e) {
      throw new CannotRestoreHere(folder + " could not be made: " + e, "is the disk full?", e);
    }
  }
}
