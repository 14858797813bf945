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
  void aRunIsATableWithWhatThePlansPromiseAndWhatWasCorrectedBelow() {
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

            Objectives
              dhakacart shop (critical), RTO 15 min, RPO 24 h: complete-database-loss FAIL
              dhakacart search, RTO 8 h: no scenario stands for it

            Escalation
              dhakacart/complete-database-loss: level 2, Team lead: called 2 min 0.0286 s after the fault
              dhakacart/complete-database-loss: level 3, Head of operations: called 30 min 0.0286 s after the fault
              dhakacart/complete-database-loss: nobody would have been called: the outage was not noticed

            Checklist
              dhakacart/complete-database-loss: 1 of 1 checked PASS, 1 to be signed by people
              dhakacart/complete-database-loss: 0 of 1 checked PASS, counted UNKNOWN, 1 to be signed by people
              dhakacart/complete-database-loss: 0 of 1 checked PASS, counted UNKNOWN, 1 to be signed by people

            Corrected in the plan
              dhakacart backups.nightly-dump.schedule: "daily" is now "0 */12 * * *": an RPO of 12 h does not hold with one backup a day (finding DC-1)
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
