package dev.drillbook.verification;

import dev.drillbook.timeline.DrillException;
import dev.drillbook.timeline.Tick;
import dev.drillbook.workload.LedgerView;
import java.util.Optional;

/**
 * When the recovery point can lie at all, and when the recovered system took over, in nanoseconds.
 *
 * @param notBefore the earliest cut; {@link Long#MIN_VALUE} where any may be
 * @param notAfter the latest cut, which is before {@code restored}; {@link Long#MAX_VALUE} where
 *     any may be
 * @param restored when the restored system could first be written to; {@link Long#MAX_VALUE} where
 *     nothing was restored
 * @param writtenAfterwards whether it was written to
 */
record Moments(long notBefore, long notAfter, long restored, boolean writtenAfterwards) {

  /** The settled tick of a write that may take effect at any time: it has none. */
  static final long NEVER = Long.MAX_VALUE;

  static Moments of(LedgerView ledger, Optional<RecoveryPoint> point, Tick restored) {
    long takeover = restored.nanos();
    long last = takeover == Long.MAX_VALUE ? Long.MAX_VALUE : takeover - 1;
    long notBefore = point.map(p -> p.notBefore().nanos()).orElse(Long.MIN_VALUE);
    if (notBefore > last) {
      throw new DrillException(
          "the recovery point lies at " + notBefore + " ns, the recovery at " + takeover + " ns",
          "nothing can be restored before it is saved: this is a defect in Drillbook");
    }
    int size = ledger.size();
    return new Moments(
        notBefore,
        Math.min(last, point.map(p -> p.notAfter().nanos()).orElse(Long.MAX_VALUE)),
        takeover,
        size > 0 && ledger.invokedNanos(size - 1) >= takeover);
  }

  /** Whether the recovered system itself was asked for it. */
  boolean isAfterwards(long invoked) {
    return invoked >= restored;
  }

  /**
   * Whether it can have taken effect in the recovered system.
   *
   * @param settled when it was acknowledged, or {@link #NEVER}
   */
  boolean mayBeAfterwards(long settled) {
    return writtenAfterwards && settled >= restored;
  }
}
