package dev.drillbook.catalogue;

import dev.drillbook.plan.BackupPolicy;
import dev.drillbook.plan.RestoreCheck;
import dev.drillbook.timeline.DurationText;
import dev.drillbook.timeline.Finding;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Whether stored backups keep their policy, by their names, times and sizes alone. A pure function.
 *
 * <ul>
 *   <li>Age: the newest is no older than the RPO, and none is from the future.
 *   <li>Schedule: the newest run that should be through has left a backup.
 *   <li>Size: none is empty, and of full ones none is less than the plan's share of the one before
 *       it. How they grow is noted.
 *   <li>Retention: what the policy keeps is there, see {@link Generations} and {@link
 *       ScheduledRuns}. What it no longer keeps and is still there is noted.
 * </ul>
 *
 * @param rpo of the objective that the policy serves; empty where none does
 * @param since when the oldest backup that an earlier check saw was taken. One look cannot tell a
 *     young policy from one whose old backups were purged, so what would be older than the oldest
 *     backup is only missed from then on; where nothing is known it is noted
 */
public record PolicyJudge(
    BackupPolicy policy, RestoreCheck check, Optional<Duration> rpo, Optional<Instant> since) {

  /** How far the clock of whoever takes backups may be from ours. */
  static final Duration CLOCKS_DIFFER = Duration.ofMinutes(1);

  /** How long after their time backups may wait for the next purge. */
  private static final Duration PURGED_WITHIN = Duration.ofDays(1);

  /**
   * Judges them.
   *
   * @param newestFirst at least one, as {@link StoredBackups} has them
   */
  public Judgement judge(List<StoredBackup> newestFirst, Instant now) {
    Instant latest = now.plus(CLOCKS_DIFFER);
    List<StoredBackup> future =
        newestFirst.stream().filter(backup -> backup.takenAt().isAfter(latest)).toList();
    List<StoredBackup> past = newestFirst.subList(future.size(), newestFirst.size());
    Judgement judgement =
        fromTheFuture(future, now).and(new Sizes(policy, check).judge(newestFirst));
    if (past.isEmpty()) {
      return judgement;
    }
    ScheduledRuns runs = new ScheduledRuns(policy, check, now);
    Instant oldest = past.get(past.size() - 1).takenAt();
    Instant from = since.filter(oldest::isAfter).orElse(oldest);
    Judgement retention =
        check
            .keep()
            .map(keep -> new Generations(policy, check, keep, now, runs).judge(past, from))
            .orElseGet(() -> runs.judgeAll(past, from));
    return age(past.get(0), now)
        .and(runs.judgeNewest(past.get(0)))
        .and(judgement)
        .and(retention)
        .and(expired(past, now));
  }

  private Judgement age(StoredBackup newest, Instant now) {
    Duration age = max(Duration.between(newest.takenAt(), now), Duration.ZERO);
    String old = "%s old, taken at %s".formatted(DurationText.of(age), newest.takenAt());
    return rpo.filter(limit -> age.compareTo(limit) > 0)
        .map(
            limit ->
                Judgement.of(
                    Finding.fail(
                        policy.id() + ": age",
                        "the newest backup is at most " + DurationText.of(limit) + " old, the RPO",
                        newest.id() + " is " + old,
                        "find out why no newer one has come: the job, its disk, its keys")))
        .orElseGet(() -> Judgement.note(newest.id() + " is the newest backup, " + old));
  }

  private static Duration max(Duration one, Duration other) {
    return one.compareTo(other) >= 0 ? one : other;
  }

  private Judgement fromTheFuture(List<StoredBackup> future, Instant now) {
    if (future.isEmpty()) {
      return Judgement.none();
    }
    return Judgement.of(
        Finding.fail(
                policy.id() + ": age",
                "no backup is from the future: it is " + now,
                future.size() + " of them, the newest from " + future.get(0).takenAt(),
                "is timeZone, now "
                    + check.zone()
                    + ", that of the names, and is the clock right of whoever takes the backups?")
            .withExamples(
                future.stream().map(StoredBackup::id).limit(Finding.MAX_EXAMPLES).toList()));
  }

  /** What was promised to be deleted by now. */
  private Judgement expired(List<StoredBackup> past, Instant now) {
    Instant byRetention = now.minus(policy.retention()).minus(PURGED_WITHIN);
    Instant kept =
        check.keep().map(keep -> Generations.keptFrom(keep, check.zone(), now)).orElse(now);
    Instant limit = byRetention.isBefore(kept) ? byRetention : kept;
    List<StoredBackup> expired =
        past.stream().filter(backup -> backup.takenAt().isBefore(limit)).toList();
    return expired.isEmpty()
        ? Judgement.none()
        : Judgement.note(
            "%d expired %s still there, the oldest %s of %s: what is erased in the store comes back with them"
                .formatted(
                    expired.size(),
                    expired.size() == 1 ? "backup is" : "backups are",
                    expired.get(expired.size() - 1).id(),
                    expired.get(expired.size() - 1).takenAt()));
  }
}
