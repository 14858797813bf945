package dev.drillbook.run;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What surrounds a drill.
 *
 * @param scale how many times its seed data the site holds
 * @param seed what chance depends on
 * @param keepOnFailure whether the site stays up, to look at, after a drill that did not pass
 * @param failureMessage what to say of a drill that did not pass
 * @param change what is done to its recovery; empty for a drill that is what it says
 */
public record RunContext(
    double scale,
    long seed,
    boolean keepOnFailure,
    List<DrillObserver> observers,
    Function<DrillRecord, String> failureMessage,
    Optional<RecoveryChange> change) {

  /** A drill that is what it says. */
  public RunContext(
      double scale,
      long seed,
      boolean keepOnFailure,
      List<DrillObserver> observers,
      Function<DrillRecord, String> failureMessage) {
    this(scale, seed, keepOnFailure, observers, failureMessage, Optional.empty());
  }
}
