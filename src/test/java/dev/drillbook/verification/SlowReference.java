package dev.drillbook.verification;

import dev.drillbook.timeline.Tick;
import dev.drillbook.workload.Ledger.Entry;
import dev.drillbook.workload.Operation.Kind;
import dev.drillbook.workload.Outcome;
import dev.drillbook.workload.StoredRow;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether a ledger and a store fit together, by trying every fate that every write can have had.
 * Good for a handful of writes.
 */
final class SlowReference {

  private enum Fate {
    NO_EFFECT,
    RESTORED,
    AFTERWARDS
  }

  private final List<Entry> ledger;
  private final Map<String, String> contents = new LinkedHashMap<>();
  private final Optional<RecoveryPoint> point;
  private final Tick restored;
  private final boolean anythingAfterwards;
  private final Fate[] fates;

  private SlowReference(
      List<Entry> ledger, List<StoredRow> rows, Optional<RecoveryPoint> point, Tick restored) {
    this.ledger = ledger;
    rows.forEach(row -> contents.put(row.key(), row.value()));
    this.point = point;
    this.restored = restored;
    this.anythingAfterwards = ledger.stream().anyMatch(this::isAfterwards);
    this.fates = new Fate[ledger.size()];
  }

  static boolean fits(
      List<Entry> ledger, List<StoredRow> rows, Optional<RecoveryPoint> point, Tick restored) {
    return new SlowReference(ledger, rows, point, restored).search(0);
  }

  private boolean search(int next) {
    if (next == fates.length) {
      return isPrefix() && nothingIsOvertaken() && givesTheContents();
    }
    for (Fate fate : Fate.values()) {
      fates[next] = fate;
      if (isPossible(ledger.get(next), fate) && search(next + 1)) {
        return true;
      }
    }
    return false;
  }

  private boolean isAfterwards(Entry entry) {
    return !entry.invoked().isBefore(restored);
  }

  private boolean isPossible(Entry entry, Fate fate) {
    if (entry.outcome() == Outcome.FAILED) {
      return fate == Fate.NO_EFFECT;
    }
    boolean acknowledged = entry.outcome() == Outcome.ACKNOWLEDGED;
    return switch (fate) {
      case NO_EFFECT ->
          !acknowledged
              || (!isAfterwards(entry)
                  && point.filter(p -> entry.answered().isBefore(p.notBefore())).isEmpty());
      case RESTORED ->
          !isAfterwards(entry)
              && point.filter(p -> entry.invoked().isAfter(p.notAfter())).isEmpty();
      case AFTERWARDS ->
          anythingAfterwards && (!acknowledged || !entry.answered().isBefore(restored));
    };
  }

  /** Whatever was acknowledged before a restored write was invoked has been restored, too. */
  private boolean isPrefix() {
    for (int late = 0; late < fates.length; late++) {
      for (int early = 0; early < fates.length; early++) {
        if (fates[late] == Fate.RESTORED
            && fates[early] != Fate.RESTORED
            && ledger.get(early).outcome() == Outcome.ACKNOWLEDGED
            && ledger.get(early).answered().isBefore(ledger.get(late).invoked())) {
          return false;
        }
      }
    }
    return true;
  }

  /** All writes to one key come one after another. */
  private boolean nothingIsOvertaken() {
    for (int late = 0; late < fates.length; late++) {
      for (int early = 0; early < late; early++) {
        if (fates[early] == Fate.AFTERWARDS
            && fates[late] == Fate.RESTORED
            && ledger.get(early).key().equals(ledger.get(late).key())) {
          return false;
        }
      }
    }
    return true;
  }

  private boolean givesTheContents() {
    Map<String, String> state = new LinkedHashMap<>();
    for (int i = 0; i < fates.length; i++) {
      Entry entry = ledger.get(i);
      if (fates[i] == Fate.NO_EFFECT) {
        continue;
      }
      if (entry.kind() == Kind.DELETE) {
        state.remove(entry.key());
      } else {
        state.put(entry.key(), entry.value());
      }
    }
    return state.equals(contents);
  }
}
