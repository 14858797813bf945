package dev.drillbook.objective;

import dev.drillbook.timeline.Finding;
import dev.drillbook.timeline.Verdict;
import java.time.Duration;
import java.util.Optional;

/**
 * One objective, judged.
 *
 * @param objective "RTO", "RPO actual", "RPO worst case" (which must not be above their targets),
 *     "recovery points of ..." or "unnoticed damage" (which must not be below)
 * @param measured empty where nothing could be measured
 * @param clock how it was measured: from which instant to which
 * @param finding what to say where it is not PASS
 */
public record ObjectiveResult(
    String objective,
    Duration target,
    Optional<Duration> measured,
    String clock,
    Verdict verdict,
    Optional<Finding> finding) {}
