package dev.drillbook.plan;

import java.util.List;

/**
 * A value that the plan changed because the runbook, as written, cannot hold.
 *
 * @param path where it stands, e.g. {@code [backups, postgres-dump, schedule]}
 * @param asWritten the runbook's own value
 * @param corrected the plan's value
 */
public record Correction(List<String> path, String asWritten, String corrected, String reason) {}
