package dev.drillbook.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillbook.objective.DataLoss;
import dev.drillbook.objective.WorstCase;
import dev.drillbook.run.Records;
import dev.drillbook.run.SampleRecord;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
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
  void aWorstCaseCanBeEverything() {
    SampleRecord record = Records.passing();
    WorstCase everything = new WorstCase.Everything(Records.STARTED, ZoneOffset.UTC);
    record.loss =
        new DataLoss(record.loss.actual(), Optional.of(everything), record.loss.backupTook());
    assertThat(SummaryTable.of(List.of(record.build()))).contains("  everything  ");
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
