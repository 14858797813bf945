package dev.drillbook.catalogue;

import dev.drillbook.plan.RestoreCheck;
import dev.drillbook.timeline.DurationText;
import dev.drillbook.timeline.Finding;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether the store keeps backups from being deleted for as long as the plan wants, counted from
 * when they were taken. Every file of a backup must be kept, since any may be the one that a
 * restore needs.
 */
public final class Locks {
  private final BackupSource source;
  private final List<String> unlocked = new ArrayList<>();
  private final List<String> untold = new ArrayList<>();
  private int liftable;

  private Locks(BackupSource source) {
    this.source = source;
  }

  /**
   * Asks the store about each backup that the plan wants locked still; of none where it does not.
   */
  public static Judgement judge(
      BackupSource source, List<StoredBackup> backups, RestoreCheck check, Instant now) {
    return check
        .locked()
        .map(
            locked ->
                new Locks(source)
                    .judge(
                        backups.stream()
                            .filter(backup -> backup.takenAt().plus(locked).isAfter(now))
                            .toList(),
                        locked,
                        check.policy() + ": deletability"))
        .orElseGet(Judgement::none);
  }

  private Judgement judge(List<StoredBackup> young, Duration locked, String subject) {
    young.forEach(backup -> look(backup, backup.takenAt().plus(locked)));
    String expected = "each backup is locked until it is " + DurationText.of(locked) + " old";
    List<Finding> findings = new ArrayList<>();
    if (!unlocked.isEmpty()) {
      findings.add(
          Finding.fail(
                  subject,
                  expected,
                  unlocked.size() + " of " + young.size() + " can be deleted earlier",
                  "set a default retention for the bucket: whoever steals the keys deletes these first")
              .withExamples(unlocked));
    }
    if (!untold.isEmpty()) {
      findings.add(
          Finding.unknown(
                  subject,
                  expected,
                  "the store does not tell for " + untold.size() + " of " + young.size(),
                  "grant s3:GetObjectRetention and s3:GetObjectLegalHold, or remove 'locked' where a store cannot lock")
              .withExamples(untold));
    }
    return new Judgement(
        findings,
        liftable == 0
            ? List.of()
            : List.of(
                "%d of %d locks can be lifted by somebody with a particular permission (governance mode or a legal hold)"
                    .formatted(liftable, young.size())));
  }

  /** The first file that is not locked for long enough is enough to know. */
  private void look(StoredBackup backup, Instant wanted) {
    Instant needed = wanted.minus(PolicyJudge.CLOCKS_DIFFER);
    boolean isLiftable = false;
    for (StoredFile file : backup.files()) {
      Lock lock = source.lock(file, needed);
      if (lock instanceof Lock.Untold answer) {
        untold.add(file.name() + ": " + answer.why());
        return;
      }
      if (lock instanceof Lock.Until until && !until.until().isBefore(needed)) {
        isLiftable |= until.liftable();
      } else {
        unlocked.add(file.name() + lacking(lock, wanted));
        return;
      }
    }
    liftable += isLiftable ? 1 : 0;
  }

  private static String lacking(Lock lock, Instant wanted) {
    return lock instanceof Lock.Until until
        ? ", locked until " + until.until() + " instead of " + wanted
        : ", not locked at all";
  }
}
