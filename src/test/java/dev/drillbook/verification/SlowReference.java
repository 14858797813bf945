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
import java.util.TreeSet;

/**
 * Whether a ledger and a store fit together, and what is lost at least, by trying every fate that
 * every write can have had, straight from the definition. Good for a dozen writes.
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
  private long fewestLost = Long.MAX_VALUE;
  private long earliestCut = Long.MAX_VALUE;
  private long latestCut = Long.MIN_VALUE;
  private final TreeSet<Long> oldestOfFewest = new TreeSet<>();

  private SlowReference(
      List<Entry> ledger, List<StoredRow> rows, Optional<RecoveryPoint> point, Tick restored) {
    this.ledger = ledger;
    rows.forEach(row -> contents.put(row.key(), row.value()));
    this.point = point;
    this.restored = restored;
    this.anythingAfterwards = ledger.stream().anyMatch(this::isAfterwards);
    this.fates = new Fate[ledger.size()];
  }

  /** Tries everything. */
  static SlowReference of(
      List<Entry> ledger, List<StoredRow> rows, Optional<RecoveryPoint> point, Tick restored) {
    SlowReference reference = new SlowReference(ledger, rows, point, restored);
    reference.search(0);
    return reference;
  }

  boolean fits() {
    return fewestLost < Long.MAX_VALUE;
  }

  long fewestLost() {
    return fewestLost;
  }

  /** When the first of the lost writes was acknowledged, in the sound recovery that lost fewest. */
  Optional<Long> oldestLost() {
    return oldestOfFewest.isEmpty() ? Optional.empty() : Optional.of(oldestOfFewest.last());
  }

  CutRange cuts() {
    return CutRange.of(earliestCut, latestCut);
  }

  private void search(int next) {
    if (next == fates.length) {
      if (isPrefix() && givesTheContents()) {
        note();
      }
      return;
    }
    for (Fate fate : Fate.values()) {
      if (isPossible(ledger.get(next), fate)) {
        fates[next] = fate;
        search(next + 1);
      }
    }
  }

  private void note() {
    List<Entry> lost =
        ledger.stream().filter(e -> isAcknowledged(e) && fates[e.id()] == Fate.NO_EFFECT).toList();
    if (lost.size() < fewestLost) {
      oldestOfFewest.clear();
    }
    fewestLost = Math.min(fewestLost, lost.size());
    if (lost.size() == fewestLost) {
      lost.stream()
          .map(e -> e.answered().nanos())
          .min(Long::compare)
          .ifPresent(oldestOfFewest::add);
    }
    long from = point.map(p -> p.notBefore().nanos()).orElse(Long.MIN_VALUE);
    long to = point.map(p -> p.notAfter().nanos()).orElse(Long.MAX_VALUE);
    if (restored.nanos() != Long.MAX_VALUE) {
      to = Math.min(to, restored.nanos() - 1);
    }
    for (Entry entry : ledger) {
      if (fates[entry.id()] == Fate.RESTORED) {
        from = Math.max(from, entry.invoked().nanos());
      } else if (isAcknowledged(entry) && !isAfterwards(entry)) {
        to = Math.min(to, entry.answered().nanos());
      }
    }
    earliestCut = Math.min(earliestCut, from);
    latestCut = Math.max(latestCut, to);
  }

  private static boolean isAcknowledged(Entry entry) {
    return entry.outcome() == Outcome.ACKNOWLEDGED;
  }

  private boolean isAfterwards(Entry entry) {
    return !entry.invoked().isBefore(restored);
  }

  private boolean isPossible(Entry entry, Fate fate) {
    if (entry.outcome() == Outcome.FAILED) {
      return fate == Fate.NO_EFFECT;
    }
    boolean acknowledged = isAcknowledged(entry);
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
            && comesBefore(early, late)) {
          return false;
        }
      }
    }
    return true;
  }

  private boolean comesBefore(int early, int late) {
    return isAcknowledged(ledger.get(early))
        && ledger.get(early).answered().isBefore(ledger.get(late).invoked());
  }

  private boolean givesTheContents() {
    return contents.keySet().stream()
            .allMatch(key -> ledger.stream().anyMatch(e -> e.key().equals(key)))
        && ledger.stream().map(Entry::key).distinct().allMatch(this::givesWhatIsFound);
  }

  /** Some write in effect that nothing in effect comes after left what is found. */
  private boolean givesWhatIsFound(String key) {
    List<Entry> inEffect =
        ledger.stream()
            .filter(e -> e.key().equals(key) && fates[e.id()] != Fate.NO_EFFECT)
            .toList();
    if (inEffect.isEmpty()) {
      return !contents.containsKey(key);
    }
    return inEffect.stream()
        .filter(last -> inEffect.stream().noneMatch(e -> takesEffectAfter(e.id(), last.id())))
        .anyMatch(
            last ->
                last.kind() == Kind.DELETE
                    ? !contents.containsKey(key)
                    : last.value().equals(contents.get(key)));
  }

  private boolean takesEffectAfter(int late, int early) {
    return fates[late] == fates[early] ? comesBefore(early, late) : fates[late] == Fate.AFTERWARDS;
  }
}
