package dev.drillbook.verification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillbook.timeline.Tick;
import dev.drillbook.workload.LedgerView;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LedgerFindingsTest {

  @Test
  void aStoreThatCannotBeReadAgainLeavesTheJudgementAsItIs() {
    LedgerView ledger = LedgerView.of(new Histories().insert("a", "1", 10, 20).entries());
    try (RowHashes rows = new RowHashes()) {
      rows.row("a", "9");
      rows.row("z", "1");
      LedgerJudgement judged =
          LedgerJudge.judge(
              ledger,
              rows,
              sink -> {
                throw new IOException("gone");
              },
              Optional.empty(),
              new Tick(Long.MAX_VALUE));
      assertThat(judged.altered()).isEqualTo(1);
      assertThat(judged.phantoms()).isEqualTo(1);
      assertThat(judged.findings())
          .flatExtracting(finding -> finding.examples())
          .containsExactly(
              "a row that could not be read again = (could not be read again),"
                  + " which no client ever attempted",
              "a is (could not be read again), last written as 1, acknowledged at 0.020 s");
    }
  }
}
