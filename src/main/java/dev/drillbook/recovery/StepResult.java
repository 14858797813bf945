package dev.drillbook.recovery;

import dev.drillbook.plan.Step;
import dev.drillbook.site.Transcript;
import dev.drillbook.timeline.Finding;
import dev.drillbook.timeline.Tick;
import java.time.Duration;
import java.util.List;

/**
 * How one step of the recovery went.
 *
 * @param findings what is wrong with it: it failed, took longer than its budget, or printed errors
 *     and claimed success
 */
public record StepResult(
    Step step,
    Tick started,
    Tick ended,
    Outcome outcome,
    Transcript transcript,
    List<Finding> findings) {

  /** How a step ends. */
  public enum Outcome {
    SUCCEEDED,
    FAILED,
    TIMED_OUT
  }

  public Duration took() {
    return ended.since(started);
  }

  public boolean succeeded() {
    return outcome == Outcome.SUCCEEDED;
  }
}
