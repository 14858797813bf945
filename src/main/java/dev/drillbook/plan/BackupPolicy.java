package dev.drillbook.plan;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * What is backed up, how often, and for how long it is kept.
 *
 * @param component the store it covers
 * @param basedOn the full policy whose backups this one's cannot be restored without; empty for a
 *     full one
 * @param script the team's own backup script, in the folder {@code scripts/} beside the plan; empty
 *     where the plan only declares the policy
 * @param schedule empty where it is taken at no particular times, so that it promises nothing
 * @param retention a backup is kept up to and including this age, counted from when it was begun
 * @param takes how long it takes to take and ship one, as declared
 * @param location the folder, relative to the site's backup root, or the bucket and prefix that
 *     backups go to
 * @param encryption the tool that encrypts it, or {@code none}
 */
public record BackupPolicy(
    String id,
    String component,
    Kind kind,
    Optional<String> basedOn,
    Optional<String> script,
    Optional<CronSchedule> schedule,
    Duration retention,
    Optional<Duration> takes,
    String location,
    String encryption) {

  /** What a restore needs besides the backup itself. */
  public enum Kind {
    /** Nothing. */
    FULL,
    /** The newest full backup that was complete when it was begun. */
    INCREMENTAL,
    /** That, and every segment of the log since that full backup was begun. */
    WAL;

    /** The plan's word for it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
