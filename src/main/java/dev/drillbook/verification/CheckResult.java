package dev.drillbook.verification;

import dev.drillbook.timeline.Finding;
import dev.drillbook.timeline.Verdict;
import java.time.Duration;
import java.util.List;

/**
 * What one check said.
 *
 * @param coverage what it looked at, e.g. "4 tables, 3,317 rows"
 * @param took its own time; no part of any outage
 */
public record CheckResult(
    String name, Verdict verdict, String coverage, List<Finding> findings, Duration took) {}
