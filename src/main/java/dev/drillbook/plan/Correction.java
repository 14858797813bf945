package dev.drillbook.plan;

import java.util.List;
import java.util.Optional;

/**
 * A value that the plan changed because the runbook, as written, cannot hold.
 *
 * @param path where it stands, e.g. {@code [backups, postgres-dump, schedule]}
 * @param asWritten the runbook's own value
 * @param corrected the plan's value
 * @param finding the id of the finding that shows what the runbook's value does; empty where there
 *     is none
 */
public record Correction(
    List<String> path,
    String asWritten,
    String corrected,
    String reason,
    Optional<String> finding) {}
