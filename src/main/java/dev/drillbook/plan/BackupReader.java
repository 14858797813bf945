package dev.drillbook.plan;

import dev.drillbook.timeline.DurationText;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Reads one backup policy. What it returns may only be called once the whole plan is known to be
 * without problems.
 */
final class BackupReader {
  private final References references;
  private final PlanFiles files;

  BackupReader(References references, PlanFiles files) {
    this.references = references;
    this.files = files;
  }

  Supplier<BackupPolicy> read(String id, MapReader map) {
    Optional<String> component = map.required("component", references.store());
    Optional<String> script = map.optional("script", files.script());
    Optional<CronSchedule> schedule = map.required("schedule", ValueType.CRON);
    Optional<Duration> retention = map.required("retention", ValueType.DURATION);
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
            script,
            schedule.orElseThrow(),
            retention.orElseThrow(),
            location.orElseThrow(),
            encryption.orElseThrow());
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
