package dev.drillbook.catalogue;

import dev.drillbook.plan.BackupPolicy;
import dev.drillbook.plan.RestoreCheck;
import dev.drillbook.plan.RestoreCheck.Keep;
import dev.drillbook.timeline.Finding;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Grandfathers, fathers and sons: whether there is one backup of each of the last so many days, ISO
 * weeks, months and years of the calendar in the plan's zone.
 *
 * <p>The current one counts among them, and is not asked for: whether today's backup has come is a
 * matter of the schedule. So {@code daily: 7} asks for the six days before today, which both a
 * purge that counts today and one that counts from yesterday leave. Any backup of a week stands for
 * it, as tools differ in whether they keep the first or the last one. A period in which no run
 * should be through is not asked for.
 *
 * <p>Nor is one that ends before the oldest backup, or the oldest that an earlier check saw: a
 * young catalogue and a purged one look alike. It is noted instead.
 */
final class Generations {

  /** So many of any period are more than a calendar is good for. */
  private static final int FOR_EVER = 100_000;

  private final BackupPolicy policy;
  private final ZoneId zone;
  private final Keep keep;
  private final LocalDate today;
  private final ScheduledRuns runs;
  private final List<String> missing = new ArrayList<>();
  private final List<String> early = new ArrayList<>();

  Generations(BackupPolicy policy, RestoreCheck check, Keep keep, Instant now, ScheduledRuns runs) {
    this.policy = policy;
    this.zone = check.zone();
    this.keep = keep;
    this.today = LocalDate.ofInstant(now, zone);
    this.runs = runs;
  }

  private static Map<Period, Integer> counts(Keep keep) {
    return Map.of(
        Period.DAY, keep.daily(),
        Period.WEEK, keep.weekly(),
        Period.MONTH, keep.monthly(),
        Period.YEAR, keep.yearly());
  }

  /**
   * The beginning of all that is kept: of so many of each period before the current one, since the
   * next purge may still be to come.
   */
  static Instant keptFrom(Keep keep, ZoneId zone, Instant now) {
    LocalDate from = LocalDate.ofInstant(now, zone);
    LocalDate earliest = from;
    for (Map.Entry<Period, Integer> each : counts(keep).entrySet()) {
      Period period = each.getKey();
      LocalDate first = period.plus(period.first(from), -Math.min(each.getValue(), FOR_EVER));
      earliest = each.getValue() > 0 && first.isBefore(earliest) ? first : earliest;
    }
    return earliest.atStartOfDay(zone).toInstant();
  }

  /**
   * Judges them.
   *
   * @param past none from the future
   * @param from when a backup was there for certain
   */
  Judgement judge(List<StoredBackup> past, Instant from) {
    Set<LocalDate> days = new TreeSet<>();
    past.forEach(backup -> days.add(LocalDate.ofInstant(backup.takenAt(), zone)));
    LocalDate oldest = LocalDate.ofInstant(from, zone);
    for (Period period : Period.values()) {
      look(period, counts(keep).get(period), days, oldest);
    }
    Judgement judgement =
        early.isEmpty()
            ? Judgement.none()
            : Judgement.note(
                "nothing is there (yet) of %s: the oldest known backup is of %s"
                    .formatted(String.join(", ", early), oldest));
    return missing.isEmpty() ? judgement : judgement.and(Judgement.of(missing()));
  }

  private void look(Period period, int count, Set<LocalDate> days, LocalDate oldest) {
    Set<LocalDate> present = new TreeSet<>();
    days.forEach(day -> present.add(period.first(day)));
    LocalDate current = period.first(today);
    for (int back = 1; back < count; back++) {
      LocalDate first = period.plus(current, -back);
      if (first.isBefore(period.first(oldest))) {
        early.add(count - back + " of " + count + " " + period.plural());
        break;
      }
      if (!present.contains(first) && isDue(period, first)) {
        missing.add(period.name(first));
      }
    }
  }

  private boolean isDue(Period period, LocalDate first) {
    return runs.anyThrough(
        first.atStartOfDay(zone).toInstant(), period.plus(first, 1).atStartOfDay(zone).toInstant());
  }

  private Finding missing() {
    return Finding.fail(
        policy.id() + ": retention",
        "there is a backup of each of the last %d days, %d weeks, %d months and %d years"
            .formatted(keep.daily(), keep.weekly(), keep.monthly(), keep.yearly()),
        "there is none of " + String.join(", ", missing),
        "did the job fail then, or does the purge take more than it should?");
  }
}
