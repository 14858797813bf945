package dev.drillbook.physical;

import dev.drillbook.catalogue.BackupSource;
import dev.drillbook.catalogue.Judgement;
import dev.drillbook.catalogue.StoredFile;
import dev.drillbook.plan.RestoreCheck.PgBackRest;
import dev.drillbook.timeline.DurationText;
import dev.drillbook.timeline.Finding;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The WAL that an archive holds, whatever it is packed in. What is no whole segment and no history
 * of a timeline is passed over, as a server would: {@code .partial} segments, {@code .backup}
 * files.
 *
 * @param where for messages
 * @param segments in the order of the log
 * @param histories of timelines
 */
public record WalArchive(String where, List<Archived> segments, List<StoredFile> histories) {
  private static final Pattern NAME =
      Pattern.compile(
          "(?:.*/)?(?<name>[0-9A-F]{24}|[0-9A-F]{8}\\.history)(?:-[0-9a-f]{40})?(?:\\.(?:gz|gzip|zst|zstd|xz|bz2|lz4|gpg|pgp|asc|age|enc|aes|aes256|ssl))*");

  /** One segment as it is stored. */
  record Archived(WalName name, StoredFile file) {}

  public WalArchive {
    segments = List.copyOf(segments);
    histories = List.copyOf(histories);
  }

  /**
   * Looks for it.
   *
   * @param folder below the source's root, with a slash at its end
   * @throws dev.drillbook.timeline.DrillException if the source cannot be listed
   */
  public static WalArchive find(BackupSource source, String folder) {
    List<Archived> segments = new ArrayList<>();
    List<StoredFile> histories = new ArrayList<>();
    for (StoredFile file : source.list()) {
      Matcher matcher = NAME.matcher(file.name());
      if (!file.name().startsWith(folder) || !matcher.matches()) {
        continue;
      }
      WalName.parse(matcher.group("name"))
          .ifPresentOrElse(
              name -> segments.add(new Archived(name, file)), () -> histories.add(file));
    }
    segments.sort(Comparator.comparing(Archived::name));
    return new WalArchive(folder + " in " + source.where(), segments, histories);
  }

  /** The folder of a pgBackRest repository in which its WAL is, whose names bear a checksum. */
  public static String inRepository(PgBackRest pgbackrest) {
    return pgbackrest.repository() + "archive/" + pgbackrest.stanza() + "/";
  }

  /** When its last segment was archived, which is how far a server can be brought back. */
  public Optional<Instant> until() {
    return segments.stream()
        .map(segment -> segment.file().modified())
        .max(Comparator.naturalOrder());
  }

  /**
   * Whether it is still being written to.
   *
   * @param policy for messages
   * @param rpo how old its end may be; empty where nothing is promised
   */
  public Judgement judge(String policy, Optional<Duration> rpo, Instant now) {
    if (until().isEmpty()) {
      return finding(
          Finding.fail(
              policy + ": WAL",
              "the archive holds WAL",
              "there is no segment in " + where,
              "is wal: in the plan the folder that archive_command copies to?"));
    }
    Duration age = Duration.between(until().get(), now);
    String old =
        DurationText.of(age.isNegative() ? Duration.ZERO : age) + " old, of " + until().get();
    return rpo.filter(limit -> age.compareTo(limit) > 0)
        .map(
            limit ->
                finding(
                    Finding.fail(
                        policy + ": WAL",
                        "the newest archived WAL is at most "
                            + DurationText.of(limit)
                            + " old, the RPO",
                        "it is " + old,
                        "does archive_command fail? pg_stat_archiver says so; a quiet server needs archive_timeout")))
        .orElseGet(() -> new Judgement(List.of(), List.of("the newest archived WAL is " + old)));
  }

  private static Judgement finding(Finding finding) {
    return new Judgement(List.of(finding), List.of());
  }

  /** What recovery from {@code start} on may ask for. */
  List<StoredFile> from(WalName start) {
    List<StoredFile> needed = new ArrayList<>(histories);
    segments.stream()
        .filter(
            segment ->
                segment.name().position().compareTo(start.position()) >= 0
                    && segment.name().timeline() >= start.timeline())
        .forEach(segment -> needed.add(segment.file()));
    return needed;
  }
}
