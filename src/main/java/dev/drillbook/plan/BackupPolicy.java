package dev.drillbook.plan;

import java.time.Duration;
import java.util.Optional;

/**
 * What is backed up, how often, and for how long it is kept.
 *
 * @param component the store it covers
 * @param script the team's own backup script, in the folder {@code scripts/} beside the plan; empty
 *     where the plan only declares the policy
 * @param location the folder, relative to the site's backup root, or the bucket and prefix that
 *     backups go to
 * @param encryption the tool that encrypts it, or {@code none}
 */
public record BackupPolicy(
    String id,
    String component,
    Optional<String> script,
    CronSchedule schedule,
    Duration retention,
    String location,
    String encryption) {}
