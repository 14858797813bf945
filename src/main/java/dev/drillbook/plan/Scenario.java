package dev.drillbook.plan;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A disaster, what the runbook promises for it, and the steps that recover from it.
 *
 * @param objective the name of the plan's objective that it stands for; empty where it stands for
 *     none
 * @param rto the longest outage that clients may see, from the disaster to the service being stable
 *     again
 * @param rpo the longest stretch of acknowledged writes that may be lost; empty where the runbook
 *     promises nothing
 * @param backup the id of the policy whose backups the recovery uses; empty where it uses none
 * @param detectedWithin how long damage to the data may go unnoticed; empty where the plan does not
 *     say
 * @param notDrilled why no drill exists for it yet; empty where one does
 */
public record Scenario(
    String id,
    String title,
    Severity severity,
    Optional<String> objective,
    Duration rto,
    Optional<Duration> rpo,
    Optional<String> backup,
    Optional<Duration> detectedWithin,
    List<Step> steps,
    Optional<String> notDrilled) {

  /** The steps that a drill runs, in order. */
  public List<Step> automatedSteps() {
    return steps.stream().filter(step -> step.kind() == Step.Kind.AUTOMATED).toList();
  }

  /**
   * The declared time of the manual steps that people take before the service can be back: those
   * before the last automated step. What people do afterwards (watching logs, writing the report)
   * does not prolong the outage.
   */
  public Duration declaredManualTime() {
    int lastAutomated = -1;
    for (int i = 0; i < steps.size(); i++) {
      if (steps.get(i).kind() == Step.Kind.AUTOMATED) {
        lastAutomated = i;
      }
    }
    return steps.stream()
        .limit(lastAutomated + 1L)
        .flatMap(step -> step.declared().stream())
        .reduce(Duration.ZERO, Duration::plus);
  }
}
