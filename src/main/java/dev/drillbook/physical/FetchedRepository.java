package dev.drillbook.physical;

import dev.drillbook.catalogue.BackupSource;
import dev.drillbook.catalogue.StoredBackup;
import dev.drillbook.catalogue.StoredFile;
import dev.drillbook.plan.RestoreCheck.Limits;
import dev.drillbook.plan.RestoreCheck.PgBackRest;
import dev.drillbook.timeline.DrillException;
import dev.drillbook.unpacking.Stage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What one backup needs of a pgBackRest repository, copied: its set and those that it is based on,
 * the WAL since, and what describes them.
 *
 * @param folder the copy, which is a repository
 * @param label the set's name, e.g. {@code 20261122-020000F}
 * @param segments all the WAL in it
 * @param histories names of history files in it
 * @param until when the newest segment was archived
 */
public record FetchedRepository(
    Path folder,
    String stanza,
    String label,
    List<WalName> segments,
    List<String> histories,
    Optional<Instant> until) {

  /** How much earlier than a backup's label its WAL may have been stored: a label has no zone. */
  private static final Duration LABELS_DIFFER = Duration.ofDays(1);

  private static final Pattern ARCHIVED =
      Pattern.compile("(?:.*/)(?<name>[0-9A-F]{24}(?=-[0-9a-f]{40})|[0-9A-F]{8}\\.history).*");

  public FetchedRepository {
    segments = List.copyOf(segments);
    histories = List.copyOf(histories);
  }

  /**
   * Copies it.
   *
   * @param target an empty folder
   * @param stages what it takes is added to them
   * @throws DrillException if it cannot be read, or comes to more than the limits
   */
  public static FetchedRepository of(
      BackupSource source,
      PgBackRest plan,
      StoredBackup backup,
      Limits limits,
      Path target,
      List<Stage> stages) {
    long started = System.nanoTime();
    String label = backup.id().substring(backup.id().lastIndexOf('/') + 1);
    List<StoredFile> needed = new ArrayList<>();
    for (StoredFile file : source.list()) {
      if (file.name().startsWith(plan.repository())
          && isNeeded(file, plan, label, backup.takenAt().minus(LABELS_DIFFER))) {
        needed.add(file);
      }
    }
    long bytes = needed.stream().mapToLong(StoredFile::bytes).sum();
    if (bytes > limits.unpacked().bytes() || needed.size() > limits.files()) {
      throw new DrillException(
          "the backup and its WAL are %d files of %d bytes, more than the check's limits"
              .formatted(needed.size(), bytes),
          "raise unpacked and files in the check's limits");
    }
    needed.forEach(
        file -> copy(source, file, target, file.name().substring(plan.repository().length())));
    stages.add(new Stage("download", Duration.ofNanos(System.nanoTime() - started), bytes, bytes));
    List<StoredFile> archived =
        needed.stream().filter(file -> ARCHIVED.matcher(file.name()).matches()).toList();
    return new FetchedRepository(
        target,
        plan.stanza(),
        label,
        names(archived).map(WalName::parse).flatMap(Optional::stream).sorted().distinct().toList(),
        names(archived).filter(name -> name.endsWith(".history")).distinct().toList(),
        archived.stream().map(StoredFile::modified).max(Comparator.naturalOrder()));
  }

  private static Stream<String> names(List<StoredFile> archived) {
    return archived.stream()
        .map(file -> ARCHIVED.matcher(file.name()))
        .filter(Matcher::matches)
        .map(matcher -> matcher.group("name"));
  }

  /** A set's label begins with that of the full one that it is based on, up to the F. */
  private static boolean isNeeded(
      StoredFile file, PgBackRest plan, String label, Instant notBefore) {
    String name = file.name().substring(plan.repository().length());
    String sets = "backup/" + plan.stanza() + "/";
    String archive = "archive/" + plan.stanza() + "/";
    if (name.startsWith(sets)) {
      String rest = name.substring(sets.length());
      String set = rest.contains("/") ? rest.substring(0, rest.indexOf('/')) : "";
      String full = label.contains("F") ? label.substring(0, label.indexOf('F') + 1) : label;
      return rest.startsWith("backup.info")
          || ((set.equals(full) || set.startsWith(full + "_")) && set.compareTo(label) <= 0);
    }
    if (!name.startsWith(archive)) {
      return false;
    }
    boolean isSegment = ARCHIVED.matcher(name).matches() && !name.endsWith(".history");
    return !isSegment || !file.modified().isBefore(notBefore);
  }

  private static void copy(BackupSource source, StoredFile file, Path folder, String name) {
    Path target = folder.resolve(name).normalize();
    if (!target.startsWith(folder)) {
      throw new DrillException(
          file.name() + " would be written outside of " + folder,
          "no file of pgBackRest's is called so: who wrote it?");
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
