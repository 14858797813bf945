package dev.drillbook.restorecheck;

import dev.drillbook.catalogue.BackupSource;
import dev.drillbook.catalogue.StoredBackup;
import dev.drillbook.catalogue.StoredFile;
import dev.drillbook.physical.FetchedRepository;
import dev.drillbook.physical.FetchedWal;
import dev.drillbook.physical.WalArchive;
import dev.drillbook.plan.RestoreCheck;
import dev.drillbook.plan.RestoreCheck.Format;
import dev.drillbook.timeline.DrillException;
import dev.drillbook.timeline.Finding;
import dev.drillbook.unpacking.Decryption;
import dev.drillbook.unpacking.SqlScript;
import dev.drillbook.unpacking.Stage;
import dev.drillbook.unpacking.Stored;
import dev.drillbook.unpacking.Unpacked;
import dev.drillbook.unpacking.Unpacker;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Brings a stored backup to where it is restored from: unpacked, or as it is for the team's script.
 */
final class Fetch {
  private final RestoreCheck check;
  private final Optional<Format> format;
  private final Unpacker unpacker;

  /**
   * @param format what backups are; empty where their content says so
   * @param planFolder what a key's file is relative to
   * @param environment where a key's variable is looked up
   */
  Fetch(
      RestoreCheck check,
      Optional<Format> format,
      Path planFolder,
      Map<String, String> environment) {
    this.check = check;
    this.format = format;
    this.unpacker =
        new Unpacker(
            check.limits(), check.key().map(key -> new Decryption(key, environment, planFolder)));
  }

  /**
   * @param folder what the team's script finds as BACKUP_DIR
   * @param stages what it takes is added to them
   * @throws DrillException if the backup is broken, hostile, or cannot be unpacked here
   */
  Fetched fetch(BackupSource source, StoredBackup backup, Path folder, List<Stage> stages) {
    if (check.pgbackrest().isPresent() && check.restore().isEmpty()) {
      return ofRepository(source, backup, folder, stages);
    }
    Optional<Path> globals =
        backup.globals().map(file -> unpack(source, "", List.of(file), folder, "globals").path());
    // Also where the team's script does so itself: what is hostile must not get as far as that.
    Unpacked unpacked = unpack(source, backup.id() + "/", backup.files(), folder, "unpacked");
    stages.addAll(unpacked.stages());
    List<Finding> reachingOut = reachingOut(unpacked, stages);
    if (check.restore().isPresent()) {
      copy(source, backup, folder);
    }
    return new Fetched(
        unpacked.format(),
        unpacked.path(),
        globals,
        unpacked.bytes(),
        unpacked.serverMajor(),
        wal(source, unpacked, folder, stages),
        Optional.empty(),
        reachingOut);
  }

  /** By the tool of that name, which checks, decrypts and unpacks what is in it by itself. */
  private Fetched ofRepository(
      BackupSource source, StoredBackup backup, Path folder, List<Stage> stages) {
    FetchedRepository repository =
        FetchedRepository.of(
            source,
            check.pgbackrest().orElseThrow(),
            backup,
            check.limits(),
            made(folder.resolveSibling(folder.getFileName() + ".repository")),
            stages);
    return new Fetched(
        Format.PGBACKREST,
        repository.folder(),
        Optional.empty(),
        backup.bytes(),
        OptionalInt.empty(),
        Optional.empty(),
        Optional.of(repository),
        List.of());
  }

  private Optional<FetchedWal> wal(
      BackupSource source, Unpacked unpacked, Path folder, List<Stage> stages) {
    if (check.wal().isEmpty()) {
      return Optional.empty();
    }
    if (unpacked.format() != Format.BASE) {
      throw new DrillException(
          "the plan says where its WAL is, and the backup is " + unpacked.format().word(),
          "remove wal from the plan, or look at the job: WAL is for base backups");
    }
    return Optional.of(
        FetchedWal.of(
            source,
            WalArchive.find(source, check.wal().get()),
            unpacked.path(),
            unpacker,
            made(folder.resolveSibling(folder.getFileName() + ".wal")),
            stages));
  }

  private static List<Finding> reachingOut(Unpacked unpacked, List<Stage> stages) {
    if (unpacked.format() != Format.SQL) {
      return List.of();
    }
    long started = System.nanoTime();
    try (InputStream script = Files.newInputStream(unpacked.path())) {
      return SqlScript.findings(unpacked.path().getFileName().toString(), script);
    } catch (IOException e) {
      throw new DrillException(unpacked.path() + " cannot be read: " + e, "check its disk", e);
    } finally {
      Duration took = Duration.ofNanos(System.nanoTime() - started);
      stages.add(new Stage("guard", took, unpacked.bytes(), unpacked.bytes()));
    }
  }

  /**
   * @param above the folder that is the backup, where it is one
   */
  private Unpacked unpack(
      BackupSource source, String above, List<StoredFile> files, Path folder, String into) {
    Optional<Format> expected = into.equals("globals") ? Optional.of(Format.SQL) : format;
    // Of plain files the names are part of what is backed up.
    boolean below = expected.equals(Optional.of(Format.TAR));
    List<Stored> stored =
        files.stream()
            .map(
                file ->
                    new Stored(
                        below && file.name().startsWith(above)
                            ? file.name().substring(above.length())
                            : file.name(),
                        file.bytes(),
                        () -> source.open(file)))
            .toList();
    // Beside the folder that the team's script looks through, not in it.
    Path target = folder.resolveSibling(folder.getFileName() + "." + into);
    return unpacker.unpack(stored, made(target), expected);
  }

  private static Path made(Path folder) {
    try {
      return Files.createDirectories(folder);
    } catch (IOException e) {
      throw new DrillException(folder + " could not be made: " + e, "is the disk full?", e);
    }
  }

  /** As it is stored, with its checksums, which a script may want to look at. */
  private static void copy(BackupSource source, StoredBackup backup, Path folder) {
    backup.files().forEach(file -> copy(source, file, folder, backup));
    backup.checksum().ifPresent(file -> copy(source, file, folder, backup));
  }

  /** Into the folder itself, and what a backup's own folder holds into a folder of its name. */
  private static void copy(BackupSource source, StoredFile file, Path folder, StoredBackup backup) {
    String above = backup.id().substring(0, backup.id().lastIndexOf('/') + 1);
    String name =
        file.name().startsWith(above) ? file.name().substring(above.length()) : file.name();
    Path target = folder.resolve(name).normalize();
    if (!target.startsWith(folder)) {
      throw new DrillException(
          file.name() + " would be written outside of " + folder,
          "no backup of ours is called so: who wrote it?");
    }
    try (InputStream content = source.open(file)) {
      Files.createDirectories(target.getParent());
      Files.copy(content, target);
    } catch (IOException e) {
      throw new DrillException(
          file.name() + " of " + source.where() + " could not be copied: " + e,
          "is it whole, and has this disk room?",
          e);
    }
  }
}
