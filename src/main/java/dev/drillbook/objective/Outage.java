package dev.drillbook.objective;

import java.time.Duration;
import java.util.Optional;

/**
 * How long a recovery took, three ways. There is none for a recovery that failed: a fast failure is
 * not a short outage.
 *
 * @param sinceFault stable OK − fault; this is the measured RTO
 * @param sinceFirstFailedRequest stable OK − first failed request: what users noticed
 * @param restoreOnly restore end − restore start: what a backup tool would quote; empty where no
 *     step of the scenario restores
 * @param declaredManual what the plan says that people need before the service can be back; a drill
 *     does not wait for it
 * @param precision the probe's interval: how far off the measured times may be
 */
public record Outage(
    Duration sinceFault,
    Duration sinceFirstFailedRequest,
    Optional<Duration> restoreOnly,
    Duration declaredManual,
    Duration precision) {

  /** What is judged against the RTO: the measured outage and the manual steps' declared time. */
  public Duration withManualSteps() {
    return sinceFault.plus(declaredManual);
  }

  /** The same, had the service come back that much later. */
  public Outage prolonged(Duration by) {
    return new Outage(
        sinceFault.plus(by),
        sinceFirstFailedRequest.plus(by),
        restoreOnly,
        declaredManual,
        precision);
  }
}
