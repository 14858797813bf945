package dev.drillbook.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillbook.run.Records;
import java.util.List;
import org.junit.jupiter.api.Test;

class SummaryTableTest {

  @Test
  void aRunIsATableWithWhatIsNotDrilledAndWhatWasCorrectedBelow() {
    String table =
        SummaryTable.of(
            List.of(
                Records.passing().build(),
                Records.recoveryFailed().build(),
                Records.empty().build()));

    assertThat(table)
        .isEqualTo(
            """
            drill                             RTO target  RTO measured           RPO target  RPO actual  RPO worst case  lost writes  verdict
            --------------------------------  ----------  ---------------------  ----------  ----------  --------------  -----------  -------
            dhakacart/complete-database-loss  15 min      1.49 s + 2 min manual  24 h        1.39 s      12 h 0.412 s    69 of 214    PASS
            dhakacart/complete-database-loss  15 min      failed                 24 h        -           12 h 0.412 s    -            FAIL
            dhakacart/complete-database-loss  15 min      -                      24 h        -           -               -            UNKNOWN

            Not drilled
              dhakacart/region-loss: needs a second region; planned with the staging site

            Corrected in the plan
              dhakacart backups.nightly-dump.schedule: "daily" is now "0 */12 * * *": an RPO of 12 h does not hold with one backup a day
            """);
  }

  @Test
  void theTablesOwnWordsAreAscii() {
    assertThat(SummaryTable.of(List.of(Records.failing().build()))).isASCII();
  }

  @Test
  void aRunWithoutADrillProvesNothing() {
    assertThat(SummaryTable.of(List.of())).isEqualTo("No drill ran: nothing was proven.\n");
  }
}
