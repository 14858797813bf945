package dev.drillbook.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillbook.run.DrillRecord;
import dev.drillbook.run.Records;
import dev.drillbook.run.SampleRecord;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ConsoleProgressTest {

  @Test
  void aDrillIsToldFromItsStartToItsVerdict() {
    assertThat(replay(Records.passing()))
        .contains("DR drill dhakacart/complete-database-loss (P0) on embedded: Complete database")
        .contains("[   0.00 s] provision: bring the system up")
        .contains("[   4.41 s] backup nightly-dump: dump-020005.sql.gz, 1.2 MB, 412 ms")
        .contains("[   6.31 s] fault: kill -9 of db, 1.6 ms")
        .contains("[   6.34 s] clock: the outage is detected")
        .contains("[   6.39 s] recovery: restore-database …")
        .contains("[   7.60 s] recovery: restore-database done  1.21 s (budget 15 min)")
        .contains("DR drill dhakacart/complete-database-loss: PASS");
  }

  @Test
  void aStepThatFailedSaysSo() {
    assertThat(replay(Records.recoveryFailed()))
        .contains("recovery: restore-database FAILED: exit code 3  528 ms (budget 15 min)")
        .contains("role \"shop\" does not exist");
  }

  @Test
  void nothingAtAllAndHostileNamesAreTold() {
    assertThat(replay(Records.empty())).contains("UNKNOWN");
    assertThat(replay(Records.hostile())).contains("FAIL");
  }

  private static String replay(SampleRecord builder) {
    DrillRecord record = builder.build();
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    ConsoleProgress progress =
        new ConsoleProgress(new PrintStream(printed, true, StandardCharsets.UTF_8));
    progress.drillStarted(record.plan(), record.scenario(), record.site());
    record.timeline().forEach(event -> progress.happened(record.clock(), event));
    progress.drillEnded(record);
    return printed.toString(StandardCharsets.UTF_8);
  }
}
