package dev.drillbook.verification;

import dev.drillbook.timeline.DrillException;
import dev.drillbook.timeline.Tick;

/**
 * What the recovery had to bring back: the state of a moment that lies between two ticks.
 *
 * @param notBefore what was acknowledged before this tick is in the recovery point
 * @param notAfter what was invoked after this tick is not
 */
public record RecoveryPoint(Tick notBefore, Tick notAfter) {

  public RecoveryPoint {
    if (notAfter.isBefore(notBefore)) {
      throw new DrillException(
          "a recovery point is not before " + notBefore + " and not after " + notAfter,
          "the two are mixed up");
    }
  }
}
