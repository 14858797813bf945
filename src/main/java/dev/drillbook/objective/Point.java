package dev.drillbook.objective;

/**
 * A recovery point: a state that a backup holds. All three are nanoseconds since 1970; a schedule's
 * horizon and a hundred years of retention fit.
 *
 * @param taken when the state was, which is when its backup was begun
 * @param complete from when on it can be restored
 * @param keptUntil the last instant at which it can
 */
record Point(long taken, long complete, long keptUntil) {}
