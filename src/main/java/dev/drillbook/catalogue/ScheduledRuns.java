package dev.drillbook.catalogue;

import dev.drillbook.plan.BackupPolicy;
import dev.drillbook.plan.CronSchedule;
import dev.drillbook.plan.RestoreCheck;
import dev.drillbook.timeline.DurationText;
import dev.drillbook.timeline.Finding;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.PrimitiveIterator;

/**
 * Which runs of the schedule have left a backup. A run has left what was taken from its time on and
 * before the time of the next one; what a name tells no closer than by the day or hour counts from
 * the beginning of that. A run should be through after what the plan says it takes and some grace:
 * a quarter of the time since the run before, at most an hour.
 */
final class ScheduledRuns {
  private static final Duration MOST_GRACE = Duration.ofHours(1);

  private final BackupPolicy policy;
  private final NamedTime names;
  private final Instant now;
  private final Optional<Instant> newestThrough;

  ScheduledRuns(BackupPolicy policy, RestoreCheck check, Instant now) {
    this.policy = policy;
    this.names = new NamedTime(check.files(), check.zone());
    this.now = now;
    this.newestThrough = policy.schedule().flatMap(this::newestThrough);
  }

  private Optional<Instant> newestThrough(CronSchedule schedule) {
    Duration takes = policy.takes().orElse(Duration.ZERO);
    Optional<Instant> due = schedule.newestBefore(now.minus(takes));
    while (due.isPresent() && due.get().plus(takes).plus(grace(schedule, due.get())).isAfter(now)) {
      due = schedule.newestBefore(due.get());
    }
    return due;
  }

  private static Duration grace(CronSchedule schedule, Instant due) {
    Duration quarter =
        schedule
            .newestBefore(due)
            .map(before -> Duration.between(before, due).dividedBy(4))
            .orElse(MOST_GRACE);
    return quarter.compareTo(MOST_GRACE) < 0 ? quarter : MOST_GRACE;
  }

  private Instant earliest(Instant due) {
    return names.earliest(due).minus(PolicyJudge.CLOCKS_DIFFER);
  }

  /**
   * Whether a run from {@code start} on and before {@code end} should be through; without a
   * schedule it is taken for granted.
   */
  boolean anyThrough(Instant start, Instant end) {
    if (policy.schedule().isEmpty()) {
      return true;
    }
    Optional<Instant> last = policy.schedule().get().newestBefore(end);
    return newestThrough
        .flatMap(through -> last.map(due -> due.isAfter(through) ? through : due))
        .filter(due -> !due.isBefore(start))
        .isPresent();
  }

  /** Whether the newest run that should be through has left a backup. */
  Judgement judgeNewest(StoredBackup newest) {
    return newestThrough
        .filter(due -> newest.takenAt().isBefore(earliest(due)))
        .map(
            due ->
                Judgement.of(
                    Finding.fail(
                        policy.id() + ": schedule",
                        "the run due at %s (%s) has left a backup by now, %s later"
                            .formatted(
                                due,
                                policy.schedule().orElseThrow(),
                                DurationText.of(Duration.between(due, now))),
                        "the newest one, " + newest.id() + ", is of " + newest.takenAt(),
                        "look at the job that should have run, and take a backup now")))
        .orElseGet(Judgement::none);
  }

  /**
   * Whether every run within the retention has left a backup that is still there.
   *
   * @param from when a backup was there for certain: no run is missed before the one that left it
   */
  Judgement judgeAll(List<StoredBackup> past, Instant from) {
    if (newestThrough.isEmpty()) {
      return Judgement.none();
    }
    Runs runs = runs(policy.schedule().orElseThrow(), past, from);
    String retention = DurationText.of(policy.retention());
    Judgement young =
        runs.before == 0
            ? Judgement.none()
            : Judgement.note(
                "nothing from before %s is there (yet), though the policy keeps %s"
                    .formatted(from, retention));
    if (runs.missing.isEmpty()) {
      return young;
    }
    return young.and(
        Judgement.of(
            Finding.fail(
                    policy.id() + ": retention",
                    "each of %d runs within %s has left a backup that is still there"
                        .formatted(runs.judged, retention),
                    runs.missing.size() + " have not",
                    "did the job fail then, or does something delete before the time is over?")
                .withExamples(newestFive(runs.missing))));
  }

  private static List<String> newestFive(List<Instant> missing) {
    List<String> newest = new ArrayList<>();
    for (int i = missing.size() - 1; i >= 0 && newest.size() < Finding.MAX_EXAMPLES; i--) {
      newest.add("nothing of the run due at " + missing.get(i));
    }
    return newest;
  }

  private record Runs(int before, int judged, List<Instant> missing) {}

  /**
   * Both runs and backups are gone through once, the oldest first. Of runs that their backups'
   * names cannot tell apart the last one stands for all.
   */
  private Runs runs(CronSchedule schedule, List<StoredBackup> past, Instant from) {
    List<Instant> missing = new ArrayList<>();
    int before = 0;
    int judged = 0;
    int at = past.size() - 1;
    PrimitiveIterator.OfLong runs = schedule.epochSecondsFrom(now.minus(policy.retention()));
    Instant due = Instant.ofEpochSecond(runs.nextLong());
    while (!due.isAfter(newestThrough.orElseThrow())) {
      Instant next = Instant.ofEpochSecond(runs.nextLong());
      Instant start = earliest(due);
      Instant end = earliest(next);
      if (!end.isAfter(from)) {
        before++;
      } else if (end.isAfter(start)) {
        while (at >= 0 && past.get(at).takenAt().isBefore(start)) {
          at--;
        }
        judged++;
        if (at < 0 || !past.get(at).takenAt().isBefore(end)) {
          missing.add(due);
        }
      }
      due = next;
    }
    return new Runs(before, judged, missing);
  }
}
