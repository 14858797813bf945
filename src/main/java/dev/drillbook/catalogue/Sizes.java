package dev.drillbook.catalogue;

import dev.drillbook.plan.BackupPolicy;
import dev.drillbook.plan.DataSize;
import dev.drillbook.plan.RestoreCheck;
import dev.drillbook.timeline.DurationText;
import dev.drillbook.timeline.Finding;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What the sizes of backups tell. */
record Sizes(BackupPolicy policy, RestoreCheck check) {
  private static final double SECONDS_A_DAY = Duration.ofDays(1).toSeconds();

  Judgement judge(List<StoredBackup> newestFirst) {
    Judgement judgement = empty(newestFirst);
    if (policy.kind() != BackupPolicy.Kind.FULL) {
      return judgement; // The others are as large as what has changed.
    }
    List<StoredBackup> filled = newestFirst.stream().filter(backup -> backup.bytes() > 0).toList();
    return judgement.and(shrunk(filled)).and(growth(filled));
  }

  private Judgement empty(List<StoredBackup> backups) {
    List<String> empty =
        backups.stream().filter(backup -> backup.bytes() == 0).map(StoredBackup::id).toList();
    return empty.isEmpty()
        ? Judgement.none()
        : Judgement.of(
            Finding.fail(
                    policy.id() + ": size",
                    "every backup holds something",
                    empty.size() + " of " + backups.size() + " are empty",
                    "read what the job wrote to stderr: did the dump fail where only its output was looked at?")
                .withExamples(empty));
  }

  private Judgement shrunk(List<StoredBackup> newestFirst) {
    List<String> shrunk = new ArrayList<>();
    for (int i = 0; i + 1 < newestFirst.size(); i++) {
      StoredBackup backup = newestFirst.get(i);
      StoredBackup previous = newestFirst.get(i + 1);
      if (backup.bytes() < check.smallest() * previous.bytes()) {
        shrunk.add(
            "%s has %s, %s before it had %s"
                .formatted(
                    backup.id(), size(backup.bytes()), previous.id(), size(previous.bytes())));
      }
    }
    return shrunk.isEmpty()
        ? Judgement.none()
        : Judgement.of(
            Finding.fail(
                    policy.id() + ": size",
                    "every backup has at least "
                        + Math.round(check.smallest() * 100)
                        + "% of the one before it",
                    shrunk.size() + " of " + newestFirst.size() + " have less",
                    "was it cut off, or does it leave out what it should hold? If so much was meant to go, lower 'smallest'")
                .withExamples(shrunk));
  }

  /** The slope of the straight line with the least squared distances to all sizes. */
  private static Judgement growth(List<StoredBackup> newestFirst) {
    if (newestFirst.size() < 2) {
      return Judgement.none();
    }
    Instant first = newestFirst.get(newestFirst.size() - 1).takenAt();
    double meanDay = newestFirst.stream().mapToDouble(b -> day(first, b)).average().orElseThrow();
    double meanBytes =
        newestFirst.stream().mapToDouble(StoredBackup::bytes).average().orElseThrow();
    double products = 0;
    double squares = 0;
    for (StoredBackup backup : newestFirst) {
      double days = day(first, backup) - meanDay;
      products += days * (backup.bytes() - meanBytes);
      squares += days * days;
    }
    if (squares == 0) {
      return Judgement.none();
    }
    long bytesADay = Math.round(products / squares);
    return Judgement.note(
        "a backup %s by %s a day (least squares over %d backups in %s)"
            .formatted(
                bytesADay < 0 ? "shrinks" : "grows",
                size(Math.abs(bytesADay)),
                newestFirst.size(),
                DurationText.of(Duration.between(first, newestFirst.get(0).takenAt()))));
  }

  private static double day(Instant first, StoredBackup backup) {
    return Duration.between(first, backup.takenAt()).toSeconds() / SECONDS_A_DAY;
  }

  private static String size(long bytes) {
    return bytes == 0 ? "0 bytes" : new DataSize(bytes).toString();
  }
}
