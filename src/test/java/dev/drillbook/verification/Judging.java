package dev.drillbook.verification;

import dev.drillbook.timeline.Tick;
import dev.drillbook.workload.Contents;
import dev.drillbook.workload.Ledger.Entry;
import dev.drillbook.workload.LedgerView;
import dev.drillbook.workload.StoredRow;
import java.util.List;
import java.util.Optional;

/** Judges what was written by hand. */
final class Judging {
  private Judging() {}

  static LedgerJudgement judge(
      List<Entry> ledger, List<StoredRow> contents, Optional<RecoveryPoint> point, Tick restored) {
    Store store = sink -> pass(contents, sink);
    // Buffers of a single row, so that every other row comes from the file.
    try (RowHashes rows = new RowHashes(1)) {
      pass(contents, rows);
      return LedgerJudge.judge(LedgerView.of(ledger), rows, store, point, restored);
    }
  }

  private static void pass(List<StoredRow> contents, Contents sink) {
    contents.forEach(row -> sink.row(row.key(), row.value()));
  }
}
