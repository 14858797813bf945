package dev.drillbook.run;

import java.time.Duration;

/**
 * The backup that the recovery had to work with.
 *
 * @param databaseBytes how large the database was then, indexes and dead rows included
 * @param rows how many rows its checkpoint holds, over all tables
 */
public record BackupFacts(
    String policy, String file, long bytes, long databaseBytes, Duration took, long rows) {}
