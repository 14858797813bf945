package dev.drillbook.verification;

import dev.drillbook.workload.Ledger.Entry;
import dev.drillbook.workload.Operation;
import dev.drillbook.workload.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * All attempts on one key, which came one after another, and what the store holds under it.
 *
 * @param found the store's value; empty where it has no such row
 */
record KeyHistory(String key, List<Entry> entries, Optional<String> found) {

  /** The explanation of a row that is not there: none of the attempts took effect. */
  static final int NONE = -1;

  /**
   * Which attempts explain what was found, had each been the last to take effect; ascending. There
   * can be several: a value that was written twice, or a row that is gone because it was deleted or
   * because the recovery lies before its insert.
   */
  List<Integer> explanations() {
    List<Integer> explanations = new ArrayList<>();
    if (found.isEmpty()) {
      explanations.add(NONE);
    }
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      boolean shows =
          entry.kind() == Operation.Kind.DELETE
              ? found.isEmpty()
              : found.isPresent() && found.get().equals(entry.value());
      if (shows && entry.outcome() != Outcome.FAILED) {
        explanations.add(i);
      }
    }
    return explanations;
  }

  /** The last attempt that {@code wanted} holds for; {@link #NONE} where there is none. */
  int last(Predicate<Entry> wanted) {
    for (int i = entries.size() - 1; i >= 0; i--) {
      if (wanted.test(entries.get(i))) {
        return i;
      }
    }
    return NONE;
  }
}
