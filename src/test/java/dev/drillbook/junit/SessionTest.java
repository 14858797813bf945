package dev.drillbook.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillbook.timeline.DrillException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.testkit.engine.EngineTestKit;

/** A run as JUnit sees it. */
class SessionTest {

  /** Starts a session, and drills nothing. */
  @Drill(plan = "dhakacart", scenario = "complete-database-loss")
  static final class TakesNoRun {
    @Test
    void drillsNothing() {}
  }

  @AfterEach
  void clear() {
    System.clearProperty("drill.complete");
  }

  @Test
  void aRunThatHasToBeCompleteFailsAsAWholeForADrillThatDidNotRun() {
    System.setProperty("drill.complete", "true");

    assertThat(failures())
        .anySatisfy(
            failure ->
                assertThat(failure)
                    .hasRootCauseInstanceOf(DrillException.class)
                    .rootCause()
                    .hasMessageContaining("the run is not complete")
                    .hasMessageContaining("dhakacart/complete-database-loss: no drill of it ran"));
  }

  @Test
  void aRunThatNeedNotBeCompleteFailsForItsOwnTestsOnly() {
    assertThat(failures())
        .singleElement()
        .satisfies(failure -> assertThat(failure).hasMessageContaining("takes no DrillRun"));
  }

  private static List<Throwable> failures() {
    return EngineTestKit.engine("junit-jupiter")
        .selectors(DiscoverySelectors.selectClass(TakesNoRun.class))
        .execute()
        .allEvents()
        .failed()
        .stream()
        .map(event -> event.getRequiredPayload(TestExecutionResult.class))
        .map(result -> result.getThrowable().orElseThrow())
        .toList();
  }
}
