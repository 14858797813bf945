package dev.drillbook.plan;

import java.time.Duration;
import java.util.Optional;

/**
 * What the runbook promises for one of the system's components or services. A drill judges it where
 * a scenario stands for it.
 *
 * @param rto the longest outage that clients may see
 * @param rpo the longest stretch of acknowledged writes that may be lost; empty where the runbook
 *     promises nothing
 * @param priority empty where the runbook does not say
 */
public record Objective(
    String name, Duration rto, Optional<Duration> rpo, Optional<Priority> priority) {

  /** What is recovered first. */
  public enum Priority {
    CRITICAL,
    HIGH,
    MEDIUM,
    LOW
  }
}
