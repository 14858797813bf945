package dev.drillbook.plan;

import java.time.Duration;

/**
 * A promise of where a store can be taken back to: at any moment, for every age up to {@code
 * reachingBack}, there is a recovery point of that age or at most {@code every} older.
 */
public record RecoveryPromise(String component, Duration reachingBack, Duration every) {}
