package dev.drillbook.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillbook.run.DrillRecord;
import dev.drillbook.run.Records;
import dev.drillbook.run.SampleRecord;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunCoverageTest {

  @Test
  void aScenarioWhoseStepsAllRanIsDrilledWhateverTheVerdict() {
    RunCoverage coverage = coverage(Records.failing());

    assertThat(coverage.missing()).isEmpty();
    assertThat(coverage.text())
        .isEqualTo(
            """
            1 of 2 scenarios drilled
              dhakacart/region-loss: not drilled: needs a second region; planned with the staging site
            """);
  }

  @Test
  void aDrillThatWasSelectedAndDidNotRunIsMissing() {
    RunCoverage coverage = coverage();

    assertThat(coverage.missing())
        .containsExactly("dhakacart/complete-database-loss: no drill of it ran");
    assertThat(coverage.text())
        .startsWith(
            """
            0 of 2 scenarios drilled; the run is not complete
              selected, but no drill ran: dhakacart/complete-database-loss
            """);
  }

  @Test
  void aStepThatNoDrillCameToIsMissing() {
    assertThat(coverage(Records.recoveryFailed()).missing())
        .containsExactly("dhakacart/complete-database-loss: no drill came to restart-application");
    assertThat(coverage(Records.recoveryFailed()).text())
        .startsWith(
            """
            0 of 2 scenarios drilled; the run is not complete
              dhakacart/complete-database-loss: no drill came to restart-application
            """);
    assertThat(coverage(Records.empty()).missing())
        .containsExactly(
            "dhakacart/complete-database-loss: no drill came to stop-application,"
                + " restore-database, restart-application");
  }

  @Test
  void whatOneDrillDidNotComeToAnotherMayHave() {
    assertThat(coverage(Records.recoveryFailed(), Records.passing()).missing()).isEmpty();
  }

  @Test
  void onlyWhatIsSelectedCounts() {
    RunCoverage coverage =
        RunCoverage.of(
            List.of(Records.passing().build().plan()),
            (system, scenario) -> scenario.equals("complete-database-loss"),
            Optional.of("-Ddrill.only=dhakacart/complete-database-loss"),
            List.of(Records.passing().build()));

    assertThat(coverage.missing()).isEmpty();
    assertThat(coverage.text())
        .isEqualTo(
            "1 of 1 scenarios drilled, of those that"
                + " -Ddrill.only=dhakacart/complete-database-loss selects\n");
  }

  private static RunCoverage coverage(SampleRecord... samples) {
    List<DrillRecord> records = Arrays.stream(samples).map(SampleRecord::build).toList();
    return RunCoverage.of(
        List.of(Records.passing().build().plan()),
        (system, scenario) -> true,
        Optional.empty(),
        records);
  }
}
