package dev.drillbook.plan;

import java.time.Duration;
import java.util.Optional;

/**
 * One step of a recovery.
 *
 * @param budget the time the runbook grants it
 * @param declared how long people say that a manual step takes; present exactly for manual steps
 * @param restore whether data comes back in this step; the restore's clocks are those of such steps
 */
public record Step(
    String id,
    String title,
    Kind kind,
    Duration budget,
    Optional<Duration> declared,
    boolean restore) {

  /** Who does it. */
  public enum Kind {
    /** A drill runs it. */
    AUTOMATED,
    /** People do it; a drill adds its declared duration. */
    MANUAL
  }
}
