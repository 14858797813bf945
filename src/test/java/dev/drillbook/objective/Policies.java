package dev.drillbook.objective;

import dev.drillbook.plan.BackupPolicy;
import dev.drillbook.plan.CronSchedule;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;

/** Backup policies of one store, in UTC unless said otherwise, kept for 14 days. */
final class Policies {
  private Policies() {}

  static BackupPolicy full(String id, String schedule) {
    return full(id, schedule, Duration.ofDays(14));
  }

  static BackupPolicy full(String id, String schedule, Duration retention) {
    return policy(
        id,
        BackupPolicy.Kind.FULL,
        Optional.empty(),
        Optional.of(CronSchedule.parse(schedule)),
        retention);
  }

  static BackupPolicy full(String id, String schedule, Duration retention, String zone) {
    CronSchedule zoned = CronSchedule.parse(schedule).in(ZoneId.of(zone));
    return policy(id, BackupPolicy.Kind.FULL, Optional.empty(), Optional.of(zoned), retention);
  }

  static BackupPolicy unscheduled(String id) {
    return policy(
        id, BackupPolicy.Kind.FULL, Optional.empty(), Optional.empty(), Duration.ofDays(14));
  }

  static BackupPolicy basedOn(
      String base, BackupPolicy.Kind kind, String id, String schedule, Duration retention) {
    return policy(
        id, kind, Optional.of(base), Optional.of(CronSchedule.parse(schedule)), retention);
  }

  private static BackupPolicy policy(
      String id,
      BackupPolicy.Kind kind,
      Optional<String> basedOn,
      Optional<CronSchedule> schedule,
      Duration retention) {
    return new BackupPolicy(
        id,
        "db",
        kind,
        basedOn,
        Optional.empty(),
        schedule,
        retention,
        Optional.empty(),
        "folder",
        "none");
  }
}
