package dev.drillbook.verification;

import dev.drillbook.workload.LedgerView;
import dev.drillbook.workload.Operation;
import dev.drillbook.workload.Outcome;
import dev.drillbook.workload.TextHash;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** The keys that clients have tried to write to. */
final class ClientKeys {
  private final long[] hashes;
  private final long changes;

  private ClientKeys(long[] sorted, long changes) {
    this.hashes = sorted;
    this.changes = changes;
  }

  static ClientKeys of(LedgerView ledger) {
    long[] hashes = IntStream.range(0, ledger.size()).mapToLong(ledger::keyHash).toArray();
    Arrays.sort(hashes);
    long changes =
        IntStream.range(0, ledger.size())
            .filter(id -> ledger.kind(id) != Operation.Kind.INSERT)
            .filter(id -> ledger.outcome(id) != Outcome.FAILED)
            .count();
    return new ClientKeys(hashes, changes);
  }

  /** How many updates and deletes may have taken effect. */
  long changes() {
    return changes;
  }

  /** Whether it is one of them, as it is or between quotes. */
  boolean wrote(String key) {
    boolean quoted = key.length() > 1 && key.startsWith("\"") && key.endsWith("\"");
    return isOne(key) || (quoted && isOne(key.substring(1, key.length() - 1)));
  }

  /** Whether any of a row's values is one of them; null stands for SQL's NULL. */
  boolean wroteAny(List<String> values) {
    return values.stream().anyMatch(value -> value != null && isOne(value));
  }

  private boolean isOne(String key) {
    return Arrays.binarySearch(hashes, TextHash.of(key)) >= 0;
  }
}
