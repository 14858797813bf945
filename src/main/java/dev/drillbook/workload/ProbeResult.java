package dev.drillbook.workload;

import dev.drillbook.timeline.Tick;

/**
 * One probe: a write and its read-back.
 *
 * @param sequence its number on the schedule, from zero, without gaps
 * @param due when the schedule wanted it
 * @param answered when it was through, or had failed
 * @param error what went wrong; empty where {@code ok}
 */
public record ProbeResult(long sequence, Tick due, Tick answered, boolean ok, String error) {}
