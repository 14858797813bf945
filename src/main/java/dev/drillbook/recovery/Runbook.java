package dev.drillbook.recovery;

import dev.drillbook.plan.Scenario;
import dev.drillbook.plan.Step;
import dev.drillbook.site.Transcript;
import dev.drillbook.timeline.Event;
import dev.drillbook.timeline.Timeline;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Runs a recovery: the plan's automated steps, in the plan's order. A step that fails ends the
 * recovery, since the runbook's next step builds on it.
 */
public final class Runbook {

  /** Called around every step; it must not fail. */
  public interface StepListener {
    default void before(Step step) {}

    default void after(Step step) {}
  }

  private final Timeline timeline;
  private final Set<String> secrets;
  private final StepListener listener;

  public Runbook(Timeline timeline, Set<String> secrets, StepListener listener) {
    this.timeline = timeline;
    this.secrets = secrets;
    this.listener = listener;
  }

  /**
   * How the drill's steps differ from the plan's automated ones, each difference in words; empty
   * where a drill follows its plan step by step.
   */
  public static List<String> deviations(Scenario scenario, List<RecoveryStep> steps) {
    List<String> planned = scenario.automatedSteps().stream().map(Step::id).toList();
    List<String> drilled = steps.stream().map(RecoveryStep::id).toList();
    List<String> deviations = new ArrayList<>();
    for (String id : planned) {
      if (!drilled.contains(id)) {
        deviations.add("the plan's automated step '" + id + "' is not in the drill");
      }
    }
    for (String id : drilled) {
      if (!planned.contains(id)) {
        deviations.add("the drill's step '" + id + "' is not an automated step of the plan");
      }
    }
    if (deviations.isEmpty() && !planned.equals(drilled)) {
      deviations.add("the drill runs " + drilled + ", but the plan's order is " + planned);
    }
    return deviations;
  }

  /** Runs {@code steps} until one fails; gives the results of those that ran. */
  public List<StepResult> run(Scenario scenario, List<RecoveryStep> steps) {
    List<StepResult> results = new ArrayList<>();
    for (RecoveryStep recovery : steps) {
      Step step =
          scenario.automatedSteps().stream()
              .filter(planned -> planned.id().equals(recovery.id()))
              .findFirst()
              .orElseThrow();
      StepResult result = runOne(step, recovery);
      results.add(result);
      if (!result.succeeded()) {
        timeline.note("the recovery ends here: step '" + step.id() + "' did not succeed");
        break;
      }
    }
    return results;
  }

  private StepResult runOne(Step step, RecoveryStep recovery) {
    listener.before(step);
    Transcript transcript = new Transcript(secrets);
    var started = timeline.now();
    timeline.append(new Event.StepStarted(started, step.id()));
    StepAttempt attempt = StepAttempt.of(step, recovery, transcript);
    var ended = timeline.now();
    StepResult result = attempt.judge(started, ended);
    String detail = result.findings().isEmpty() ? "" : result.findings().get(0).found();
    timeline.append(new Event.StepEnded(ended, step.id(), result.succeeded(), detail));
    listener.after(step);
    return result;
  }
}
