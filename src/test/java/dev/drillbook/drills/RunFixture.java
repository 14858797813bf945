package dev.drillbook.drills;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillbook.run.DrillFailure;
import dev.drillbook.run.DrillRecord;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

/** Runs one fixture on JUnit's own engine and gives what came of it. */
final class RunFixture {

  private RunFixture() {}

  /** The record of a drill that must not pass. */
  static DrillRecord red(Class<?> fixture) {
    Throwable thrown = failure(fixture);
    assertThat(thrown).isInstanceOf(DrillFailure.class);
    return ((DrillFailure) thrown).drill();
  }

  /** What a fixture that must fail failed with. */
  static Throwable failure(Class<?> fixture) {
    EngineExecutionResults results = run(fixture);
    return results.allEvents().failed().stream()
        .map(event -> event.getRequiredPayload(TestExecutionResult.class))
        .map(result -> result.getThrowable().orElseThrow())
        .findFirst()
        .orElseThrow(() -> new AssertionError(fixture.getSimpleName() + " did not fail"));
  }

  static EngineExecutionResults run(Class<?> fixture) {
    return EngineTestKit.engine("junit-jupiter")
        .selectors(DiscoverySelectors.selectClass(fixture))
        .execute();
  }
}
