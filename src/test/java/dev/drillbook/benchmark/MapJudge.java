package dev.drillbook.benchmark;

import dev.drillbook.workload.LedgerView;
import dev.drillbook.workload.Operation;
import dev.drillbook.workload.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/**
 * The simplest judgement one would write: a map of lists, the last write of each key that explains
 * its row, the newest such write of all. It knows no damage and no overlap.
 */
final class MapJudge {
  private final Map<Long, List<Integer>> history = new HashMap<>();
  private final Map<Long, Long> stored = new HashMap<>();
  private int lost;

  private MapJudge() {}

  static MapJudge judge(LedgerView ledger, List<long[]> rows) {
    MapJudge judge = new MapJudge();
    for (int id = 0; id < ledger.size(); id++) {
      judge.history.computeIfAbsent(ledger.keyHash(id), key -> new ArrayList<>()).add(id);
    }
    rows.forEach(row -> judge.stored.put(row[0], row[1]));
    long newest = Long.MIN_VALUE;
    for (Map.Entry<Long, List<Integer>> key : judge.history.entrySet()) {
      Long found = judge.stored.get(key.getKey());
      if (found != null) {
        int last = lastOf(key.getValue(), id -> ledger.valueHash(id) == found);
        newest = Math.max(newest, ledger.invokedNanos(key.getValue().get(last)));
      }
    }
    judge.count(ledger, newest);
    return judge;
  }

  private void count(LedgerView ledger, long newest) {
    history.forEach(
        (key, ids) -> {
          Long found = stored.get(key);
          int last =
              found != null
                  ? lastOf(ids, id -> ledger.valueHash(id) == found)
                  : lastOf(
                      ids,
                      id ->
                          ledger.kind(id) == Operation.Kind.DELETE
                              && ledger.invokedNanos(id) <= newest);
          for (int id : ids.subList(last + 1, ids.size())) {
            lost += ledger.outcome(id) == Outcome.ACKNOWLEDGED ? 1 : 0;
          }
        });
  }

  private static int lastOf(List<Integer> ids, IntPredicate wanted) {
    int last = ids.size() - 1;
    while (last >= 0 && !wanted.test(ids.get(last))) {
      last--;
    }
    return last;
  }

  int lost() {
    return lost;
  }
}
