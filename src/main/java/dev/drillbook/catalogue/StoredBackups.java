package dev.drillbook.catalogue;

import dev.drillbook.plan.NamePattern;
import dev.drillbook.plan.RestoreCheck;
import dev.drillbook.timeline.DrillException;
import dev.drillbook.timeline.Finding;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The backups of one policy that a source holds.
 *
 * <p>A backup is what the plan's pattern matches: a file, or a folder with all that is in it. It
 * was taken when its name says; where the name tells no more than a day or an hour, or nothing,
 * when it was last written counts, within that day or hour (in a folder that of its newest file).
 * Of an hour that comes twice a name means the first. A folder without files cannot be seen.
 *
 * @param where the place that was looked in
 * @param newestFirst at least one; of two of one time that with the greater name is first
 * @param findings what looks like a backup, and cannot be judged
 */
public record StoredBackups(String where, List<StoredBackup> newestFirst, List<Finding> findings) {
  private static final Comparator<StoredBackup> NEWEST_FIRST =
      Comparator.comparing(StoredBackup::takenAt).thenComparing(StoredBackup::id).reversed();

  /**
   * Looks for them.
   *
   * @throws DrillException if there is none, or the source cannot be listed
   */
  public static StoredBackups find(BackupSource source, RestoreCheck check) {
    List<StoredFile> files = source.list();
    return new Search(source.where(), check, files).backups();
  }

  /** What one search needs at hand. */
  private static final class Search {
    private final String where;
    private final RestoreCheck check;
    private final List<StoredFile> files;
    private final NamedTime time;
    private final Companions companions;
    private final Globals globals;

    Search(String where, RestoreCheck check, List<StoredFile> files) {
      this.where = where;
      this.check = check;
      this.files = files;
      this.time = new NamedTime(check.files(), check.zone());
      this.companions = new Companions(files);
      this.globals = new Globals(check.globals(), check.zone(), files, companions);
    }

    StoredBackups backups() {
      Map<String, List<StoredFile>> groups = check.files().isOfFolders() ? folders() : single();
      List<StoredBackup> backups = new ArrayList<>();
      List<String> impossible = new ArrayList<>();
      groups.forEach(
          (name, group) -> {
            Optional<Instant> at = time.of(name, newest(group));
            at.ifPresentOrElse(
                takenAt -> backups.add(backup(name, takenAt, group)), () -> impossible.add(name));
          });
      if (backups.isEmpty()) {
        throw impossible.isEmpty()
            ? new NearNames(where, check.files()).none(files)
            : allImpossible(impossible);
      }
      backups.sort(NEWEST_FIRST);
      return new StoredBackups(
          where,
          List.copyOf(backups),
          impossible.isEmpty() ? List.of() : List.of(impossibleTimes(impossible)));
    }

    private Map<String, List<StoredFile>> single() {
      Map<String, List<StoredFile>> groups = new LinkedHashMap<>();
      for (StoredFile file : files) {
        if (check.files().matches(file.name())
            && !companions.isOne(file, check.files())
            && check.globals().filter(pattern -> pattern.matches(file.name())).isEmpty()) {
          groups.put(file.name(), List.of(file));
        }
      }
      return groups;
    }

    private Map<String, List<StoredFile>> folders() {
      NamePattern pattern = check.files();
      long depth = pattern.toString().chars().filter(letter -> letter == '/').count();
      Map<String, List<StoredFile>> groups = new LinkedHashMap<>();
      for (StoredFile file : files) {
        int end = -1;
        for (long slash = 0; slash < depth && (slash == 0 || end >= 0); slash++) {
          end = file.name().indexOf('/', end + 1);
        }
        if (end >= 0) {
          groups
              .computeIfAbsent(file.name().substring(0, end + 1), folder -> new ArrayList<>())
              .add(file);
        }
      }
      groups.keySet().removeIf(folder -> !pattern.matches(folder));
      return groups;
    }

    private StoredBackup backup(String name, Instant takenAt, List<StoredFile> group) {
      boolean isFolder = name.endsWith("/");
      String id = isFolder ? name.substring(0, name.length() - 1) : name;
      return new StoredBackup(
          id,
          takenAt,
          group.stream().sorted(Comparator.comparing(StoredFile::name)).toList(),
          globals.of(takenAt),
          companions.checksum(id, isFolder),
          companions.manifest(id),
          group.stream().mapToLong(StoredFile::bytes).sum());
    }

    private static Instant newest(List<StoredFile> group) {
      return group.stream().map(StoredFile::modified).max(Comparator.naturalOrder()).orElseThrow();
    }

    private DrillException allImpossible(List<String> names) {
      Finding finding = impossibleTimes(names);
      return new DrillException(
          "there is no backup in %s: %s, such as %s"
              .formatted(where, finding.found(), names.get(0)),
          finding.hint());
    }

    private Finding impossibleTimes(List<String> names) {
      return Finding.unknown(
              check.policy() + ": names",
              "what " + check.files() + " matches bears the time of a backup",
              names.size() + " matching names in " + where + " bear a time that does not exist",
              "correct the pattern, or rename or remove what is no backup")
          .withExamples(names);
    }
  }
}
