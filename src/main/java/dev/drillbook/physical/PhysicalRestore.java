package dev.drillbook.physical;

import dev.drillbook.site.DataDirectory;
import dev.drillbook.site.Postgres;
import dev.drillbook.timeline.DrillException;
import dev.drillbook.timeline.Finding;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Brings a throwaway server to what a copy of another server's files, and its WAL, hold. Of the
 * copy's settings none takes effect, and nothing outside of the throwaway's own folder is touched.
 */
public final class PhysicalRestore {
  private static final Pattern MAJOR = Pattern.compile("PostgreSQL (\\d+)");

  /** What a server that cannot be had here says; the backup may well be good. */
  private static final Pattern NOT_HERE =
      Pattern.compile(
          "database files are incompatible with server|could not access file \"[^\"]+\"|resource manager with ID \\d+ not registered|could not map anonymous shared memory");

  private final Postgres database;
  private final DataDirectory directory;
  private final Optional<FetchedWal> archive;
  private final Duration limit;
  private final List<Finding> findings = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  /**
   * @param archive the archived WAL; empty where that within the backup has to do
   * @param limit how long any step of it may take
   */
  public PhysicalRestore(Postgres database, Optional<FetchedWal> archive, Duration limit) {
    this.database = database;
    this.directory = database.dataDirectory();
    this.archive = archive;
    this.limit = limit;
  }

  /**
   * Restores a base backup. Whatever the server had is gone.
   *
   * @param copy the data directory, unpacked within the site; it is moved
   * @throws CannotRestoreHere if this machine cannot, or must not, do so
   * @throws DrillException if the backup is of no use: no server comes up on it, or not with the
   *     plan's database and role
   */
  public Recovered restore(Path copy) throws InterruptedException {
    requireRestorable(new DataFolder(copy));
    Path unpacked = copy.getParent();
    directory.empty();
    directory.fill(copy);
    DataFolder data = new DataFolder(directory.path());
    data.complete();
    data.linkTablespaces(unpacked).forEach(directory::share);
    directory.share(data.path());
    if (data.hasManifest()) {
      ManifestCheck.of(directory, limit).ifPresent(findings::add);
    } else {
      notes.add("it has no backup_manifest, by which its files could be told from changed ones");
    }
    return recover(data);
  }

  /** Whether it is for a server of this major version, and whole in itself. */
  void requireRestorable(DataFolder data) {
    Matcher ours = MAJOR.matcher(database.describe());
    if (ours.find() && Integer.parseInt(ours.group(1)) != data.major()) {
      throw new CannotRestoreHere(
          "the backup is of PostgreSQL "
              + data.major()
              + ", and the store is "
              + database.describe(),
          "a server's files are for its own major version alone: install that one's programs on the PATH, or use --site containers with an image of it");
    }
    if (data.label().filter(BackupLabel::incremental).isPresent()) {
      throw new CannotRestoreHere(
          "the base backup is an incremental one", "store what pg_combinebackup makes of it");
    }
    data.start(); // A copy of which nobody knows where its recovery begins is refused.
  }

  /** On what lies in the directory. */
  Recovered recover(DataFolder data) throws InterruptedException {
    ControlData control =
        ControlData.read(directory.program("pg_controldata", data.path().toString()));
    WalName start = data.label().map(BackupLabel::start).orElseGet(control::redo);
    WalToReplay wal = WalToReplay.gather(data, archive, start, control.segmentBytes());
    Optional<Finding> gap = wal.gap();
    gap.ifPresent(findings::add);
    directory.share(wal.folder());
    new TablespaceGuard(directory, wal.folder()).look(wal.segments(), control.segmentBytes());
    Optional<String> preloaded = data.preloaded();
    preloaded.ifPresent(
        libraries -> notes.add("its shared_preload_libraries are not loaded: " + libraries));

    RecoveryLog log = new RecoveryLog(run(settings(control, wal), gap, preloaded));
    Lsn end = recoveredTo(control.timeline());
    if (gap.isEmpty()) {
      wal.cutShort(end, log).ifPresent(findings::add);
    }
    notes.add(
        "system identifier %s, recovered to %s%s, data checksums %s"
            .formatted(
                control.systemIdentifier(),
                end,
                log.lastTransaction().map(at -> " with the last transaction of " + at).orElse(""),
                control.hasChecksums() ? "on" : "off"));
    findings.addAll(new Cluster(database).look());
    return new Recovered(findings, notes);
  }

  private Map<String, String> settings(ControlData control, WalToReplay wal) {
    Map<String, String> settings = new HashMap<>(control.settings());
    String from = wal.folder().toString().replace("%", "%%") + "/%f";
    settings.put("restore_command", "test -f \"" + from + "\" && cp \"" + from + "\" \"%p\"");
    settings.put("recovery_target_action", "promote");
    settings.put("recovery_target_timeline", "latest");
    if (archive.isEmpty()) {
      settings.put("recovery_target", "immediate");
    }
    return settings;
  }

  private List<String> run(
      Map<String, String> settings, Optional<Finding> gap, Optional<String> preloaded) {
    try {
      return directory.recover(settings, limit);
    } catch (DrillException e) {
      Matcher matcher = NOT_HERE.matcher(e.problem());
      if (matcher.find()) {
        throw new CannotRestoreHere(
            e.problem(),
            "this machine's server lacks what the backup's had: "
                + preloaded.map(libraries -> "its libraries were " + libraries).orElse(e.hint()),
            e);
      }
      throw gap.<DrillException>map(
              missing ->
                  new DrillException(missing.found() + "; then, " + e.problem(), missing.hint(), e))
          .orElse(e);
    }
  }

  /**
   * Where the new timeline leaves the old one: by its history file, the end of what was replayed.
   */
  private Lsn recoveredTo(int before) {
    Map<Integer, List<String>> histories = DataFolder.histories(directory.path().resolve("pg_wal"));
    return histories.entrySet().stream()
        .filter(history -> history.getKey() > before)
        .reduce((earlier, later) -> later)
        .map(Map.Entry::getValue)
        .flatMap(lines -> lines.stream().filter(line -> !line.isBlank()).reduce((a, b) -> b))
        .map(line -> line.strip().split("\\s+", 3))
        .filter(words -> words.length > 1)
        .flatMap(words -> Lsn.parse(words[1]))
        .orElseThrow(
            () ->
                new CannotRestoreHere(
                    "the server came up and left no history of where it recovered to",
                    "see its log"));
  }
}
