package dev.drillbook.verification;

import dev.drillbook.workload.Operation.Kind;
import dev.drillbook.workload.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * Arbitrary histories. Clients overlap at will, also on one key; few different ticks and values
 * make sure that they tie, and that what was there before comes back.
 */
final class Scenarios {
  /** The backup's moment, the end of the history before the recovery, and the recovery's end. */
  static final int BEFORE = 40;

  static final int RESTORED = 50;
  private static final int AFTERWARDS = 15;

  private Scenarios() {}

  /** What is drawn of a write; times are made of it when the scenario is known. */
  private record Draft(
      Kind kind, int key, int value, int start, int took, Outcome outcome, int appliedAfter) {}

  private static Arbitrary<Draft> drafts(int keys) {
    return Combinators.combine(
            Arbitraries.frequency(
                Tuple.of(3, Kind.INSERT), Tuple.of(3, Kind.UPDATE), Tuple.of(2, Kind.DELETE)),
            Arbitraries.integers().between(0, keys - 1),
            Arbitraries.integers().between(1, 3),
            Arbitraries.integers().between(0, BEFORE + AFTERWARDS),
            Arbitraries.integers().between(0, 12),
            Arbitraries.frequency(
                Tuple.of(7, Outcome.ACKNOWLEDGED),
                Tuple.of(2, Outcome.INDETERMINATE),
                Tuple.of(1, Outcome.FAILED)),
            Arbitraries.integers().between(0, 40))
        .as(Draft::new);
  }

  /** Up to {@code most} writes to {@code keys} keys, with and without a known recovery point. */
  static Arbitrary<Scenario> scenarios(int keys, int most) {
    return Combinators.combine(
            drafts(keys).list().ofMaxSize(most),
            Arbitraries.integers().between(0, BEFORE),
            Arbitraries.of(true, true, false),
            Arbitraries.integers().between(0, 3),
            Arbitraries.integers().between(0, 8))
        .as(
            (drafts, cut, recovers, pointKind, slack) -> {
              List<TimedWrite> writes = new ArrayList<>();
              drafts.forEach(draft -> writes.add(write(draft, recovers)));
              Optional<RecoveryPoint> point =
                  switch (pointKind) {
                    case 0 -> Optional.empty();
                    case 1 ->
                        Scenario.point(Math.max(0, cut - slack), Math.min(BEFORE, cut + slack));
                    default -> Scenario.point(cut, cut);
                  };
              Optional<Long> restored = recovers ? Optional.of((long) RESTORED) : Optional.empty();
              return new Scenario(writes, cut, restored, point);
            });
  }

  /** Nobody starts anything while the restore runs. */
  private static TimedWrite write(Draft draft, boolean recovers) {
    long invoked =
        recovers && draft.start > BEFORE ? RESTORED + (draft.start - BEFORE - 1) : draft.start;
    long answered = invoked + draft.took;
    Optional<Long> applied =
        switch (draft.outcome) {
          case FAILED -> Optional.empty();
          case ACKNOWLEDGED -> Optional.of(invoked + draft.appliedAfter % (draft.took + 1));
          case INDETERMINATE ->
              draft.appliedAfter % 3 == 0
                  ? Optional.empty()
                  : Optional.of(invoked + draft.appliedAfter);
        };
    return new TimedWrite(
        draft.kind,
        "k" + draft.key,
        draft.kind == Kind.DELETE ? "" : "v" + draft.value,
        invoked,
        answered,
        draft.outcome,
        applied);
  }
}
