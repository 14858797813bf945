package dev.drillbook.verification;

import dev.drillbook.workload.Operation.Kind;
import dev.drillbook.workload.Outcome;
import java.util.Optional;

/**
 * A write of a made-up history, in milliseconds, with what no client can know: when it took effect.
 *
 * @param applied between invocation and answer if it was acknowledged, at any time after the
 *     invocation if nobody knows; empty if it never took effect
 */
record TimedWrite(
    Kind kind,
    String key,
    String value,
    long invoked,
    long answered,
    Outcome outcome,
    Optional<Long> applied) {

  boolean isApplied(long from, long to) {
    return applied.filter(at -> from <= at && at <= to).isPresent();
  }
}
