package dev.drillbook.verification;

import static dev.drillbook.verification.Histories.tick;

import dev.drillbook.timeline.Tick;
import dev.drillbook.workload.Ledger.Entry;
import dev.drillbook.workload.Operation.Kind;
import dev.drillbook.workload.StoredRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Writes, a backup of the state at {@code cut}, and a recovery from it that clients can write to
 * from {@code restored} on.
 *
 * @param point what the judge is told of the cut
 */
record Scenario(
    List<TimedWrite> writes, long cut, Optional<Long> restored, Optional<RecoveryPoint> point) {

  Scenario {
    writes = writes.stream().sorted(Comparator.comparingLong(TimedWrite::invoked)).toList();
  }

  List<Entry> ledger() {
    Histories ledger = new Histories();
    writes.forEach(
        w -> ledger.add(w.kind(), w.key(), w.value(), w.invoked(), w.answered(), w.outcome()));
    return ledger.entries();
  }

  Tick restoredTick() {
    return restored.map(Histories::tick).orElse(new Tick(Long.MAX_VALUE));
  }

  /**
   * What a sound recovery leaves: first what had taken effect at the cut, then what took effect in
   * the recovered system.
   */
  Map<String, String> contents() {
    Map<String, String> state = new TreeMap<>();
    apply(state, 0, cut);
    restored.filter(at -> isWrittenFrom(at)).ifPresent(at -> apply(state, at, Long.MAX_VALUE));
    return state;
  }

  List<StoredRow> rows() {
    return rows(contents());
  }

  static List<StoredRow> rows(Map<String, String> state) {
    List<StoredRow> rows = new ArrayList<>();
    state.forEach((key, value) -> rows.add(new StoredRow(key, value)));
    return rows;
  }

  /** Whether it was restored, or took effect in the recovered system. */
  boolean isInEffect(TimedWrite write) {
    return write.isApplied(0, cut)
        || restored
            .filter(at -> isWrittenFrom(at) && write.isApplied(at, Long.MAX_VALUE))
            .isPresent();
  }

  private boolean isWrittenFrom(long restoredAt) {
    return writes.stream().anyMatch(write -> write.invoked() >= restoredAt);
  }

  private void apply(Map<String, String> state, long from, long to) {
    writes.stream()
        .filter(write -> write.isApplied(from, to))
        .sorted(Comparator.comparing(write -> write.applied().orElseThrow()))
        .forEach(
            write -> {
              if (write.kind() == Kind.DELETE) {
                state.remove(write.key());
              } else {
                state.put(write.key(), write.value());
              }
            });
  }

  LedgerJudgement judge(List<StoredRow> rows) {
    return Judging.judge(ledger(), rows, point, restoredTick());
  }

  LedgerJudgement judge() {
    return judge(rows());
  }

  Scenario with(TimedWrite... more) {
    List<TimedWrite> all = new ArrayList<>(writes);
    all.addAll(List.of(more));
    return new Scenario(all, cut, restored, point);
  }

  static Optional<RecoveryPoint> point(long notBefore, long notAfter) {
    return Optional.of(new RecoveryPoint(tick(notBefore), tick(notAfter)));
  }
}
