package dev.drillbook.plan;

import dev.drillbook.timeline.DurationText;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Reads one backup policy. What it returns may only be called once the whole plan is known to be
 * without problems.
 */
final class BackupReader {
  private static final ValueType<BackupPolicy.Kind> KIND =
      ValueType.choice(
          "a kind of backup", List.of(BackupPolicy.Kind.values()), BackupPolicy.Kind::word);

  private final References references;
  private final PlanFiles files;
  private final Map<String, MapReader> all;

  /**
   * @param all every policy of the plan by id, since one may be based on another
   */
  BackupReader(References references, PlanFiles files, Map<String, MapReader> all) {
    this.references = references;
    this.files = files;
    this.all = all;
  }

  Supplier<BackupPolicy> read(String id, MapReader map) {
    Optional<String> component = map.required("component", references.store());
    Optional<BackupPolicy.Kind> kind = kind(map);
    Optional<String> basedOn = basedOn(map, kind);
    Optional<String> script = map.optional("script", files.script());
    Optional<CronSchedule> schedule = schedule(map);
    Optional<Duration> retention = map.required("retention", ValueType.DURATION);
    Optional<Duration> takes = map.optional("takes", ValueType.DURATION);
    Optional<String> location = map.required("location", ValueType.LOCATION);
    Optional<String> encryption = map.required("encryption", ValueType.TEXT);
    if (schedule.isPresent() && retention.isPresent()) {
      keepsAtLeastOne(map, schedule.get(), retention.get());
    }
    map.refuseOtherKeys();
    return () ->
        new BackupPolicy(
            id,
            component.orElseThrow(),
            kind.orElseThrow(),
            basedOn,
            script,
            schedule,
            retention.orElseThrow(),
            takes,
            location.orElseThrow(),
            encryption.orElseThrow());
  }

  /** Full where the key is missing; empty only where it is wrong. */
  private static Optional<BackupPolicy.Kind> kind(MapReader map) {
    Optional<BackupPolicy.Kind> kind = map.optional("kind", KIND);
    return isFull(map) ? Optional.of(BackupPolicy.Kind.FULL) : kind;
  }

  private static Optional<CronSchedule> schedule(MapReader map) {
    Optional<CronSchedule> schedule = map.optional("schedule", ValueType.CRON);
    Optional<ZoneId> zone = map.optional("timeZone", ValueType.TIME_ZONE);
    if (map.peek("schedule").isEmpty() && map.peek("timeZone").isPresent()) {
      map.problem(
          "timeZone",
          " has a 'timeZone', but no 'schedule' on its clock",
          "add schedule: " + ValueType.CRON.description() + ", or remove timeZone");
    }
    return schedule.map(cron -> cron.in(zone.orElse(ZoneOffset.UTC)));
  }

  private Optional<String> basedOn(MapReader map, Optional<BackupPolicy.Kind> kind) {
    Optional<String> basedOn = map.optional("basedOn", references.backup());
    if (kind.isEmpty()) {
      return basedOn;
    }
    boolean full = kind.get() == BackupPolicy.Kind.FULL;
    boolean based = map.peek("basedOn").isPresent();
    if (full && based) {
      map.problem(
          "basedOn",
          " is a full backup, yet 'basedOn' another",
          "remove basedOn, or write kind: incremental or wal");
    } else if (!full && !based) {
      map.problem(
          "kind",
          " is of kind " + kind.get().word() + ", but has no 'basedOn'",
          "add basedOn: the full backup it needs; the full ones are: "
              + String.join(", ", fulls()));
    } else if (!full) {
      basedOn.ifPresent(base -> fits(map, base));
    }
    return basedOn;
  }

  private void fits(MapReader map, String base) {
    MapReader other = all.get(base);
    if (other == null) {
      return; // what it holds is no mapping, which is reported where it stands
    }
    if (!isFull(other)) {
      map.problem(
          "basedOn",
          ": 'basedOn' is '" + base + "', which is no full backup itself",
          "name the full one that both need; the full ones are: " + String.join(", ", fulls()));
    } else if (!other.peek("component").equals(map.peek("component"))) {
      map.problem(
          "basedOn",
          ": 'basedOn' is '"
              + base
              + "', a backup of "
              + other.peek("component").orElse("nothing")
              + " rather than "
              + map.peek("component").orElse("nothing"),
          "name a full backup of the same component");
    }
  }

  private List<String> fulls() {
    return all.entrySet().stream()
        .filter(entry -> isFull(entry.getValue()))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static boolean isFull(MapReader policy) {
    return policy.peek("kind").isEmpty() || policy.has("kind", BackupPolicy.Kind.FULL.word());
  }

  /** Retention below the longest gap deletes the last backup before there is another. */
  private static void keepsAtLeastOne(MapReader map, CronSchedule schedule, Duration retention) {
    Duration gap = schedule.longestGap();
    if (retention.compareTo(gap) < 0) {
      map.problem(
          "retention",
          " is kept for "
              + DurationText.of(retention)
              + ", but its schedule leaves up to "
              + DurationText.of(gap)
              + " between two, so that at times there is none",
          "keep it for more than " + DurationText.of(gap) + ", or take it more often");
    }
  }
}
