package dev.drillbook.recovery;

import dev.drillbook.plan.Step;
import dev.drillbook.recovery.StepResult.Outcome;
import dev.drillbook.site.Action;
import dev.drillbook.site.Transcript;
import dev.drillbook.timeline.DrillException;
import dev.drillbook.timeline.DurationText;
import dev.drillbook.timeline.Finding;
import dev.drillbook.timeline.Tick;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One step's actions under its deadline. The budget is what the runbook promises, so exceeding it
 * is a finding; a step still gets twice its budget before it is stopped, because how far a restore
 * is over its budget is worth knowing.
 */
record StepAttempt(Step step, Outcome outcome, Throwable failure, Transcript transcript) {

  /** The deadline is watched here: a command that watched the same one could beat us to it. */
  private static final Duration GRACE = Duration.ofSeconds(10);

  static StepAttempt of(Step step, RecoveryStep recovery, Transcript transcript) {
    Duration deadline = step.budget().multipliedBy(2);
    FutureTask<Void> task =
        new FutureTask<>(
            () -> {
              for (Action action : recovery.actions()) {
                action.perform(transcript, deadline.plus(GRACE));
              }
              return null;
            });
    Thread thread = new Thread(task, "drillbook-step-" + step.id());
    thread.setDaemon(true);
    thread.start();
    try {
      task.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
      return new StepAttempt(step, Outcome.SUCCEEDED, null, transcript);
    } catch (ExecutionException e) {
      return new StepAttempt(step, Outcome.FAILED, e.getCause(), transcript);
    } catch (TimeoutException e) {
      task.cancel(true);
      return new StepAttempt(step, Outcome.TIMED_OUT, e, transcript);
    } catch (InterruptedException e) {
      task.cancel(true);
      Thread.currentThread().interrupt();
      return new StepAttempt(step, Outcome.FAILED, e, transcript);
    }
  }

  StepResult judge(Tick started, Tick ended) {
    List<Finding> findings = new ArrayList<>();
    Duration took = ended.since(started);
    String subject = "step " + step.id();
    String budget = DurationText.of(step.budget());
    switch (outcome) {
      case FAILED -> findings.add(failed(subject));
      case TIMED_OUT ->
          findings.add(
              Finding.fail(
                  subject,
                  "done within its budget of " + budget,
                  "stopped after twice that time",
                  "read its transcript for where it hangs, or correct the budget in the plan"));
      case SUCCEEDED -> {
        if (took.compareTo(step.budget()) > 0) {
          findings.add(
              Finding.fail(
                  subject,
                  "done within its budget of " + budget,
                  "took " + DurationText.of(took),
                  "make the step faster, or correct its budget in the plan and look at the RTO again"));
        }
        List<String> errors = transcript.errorLines();
        if (!errors.isEmpty()) {
          findings.add(
              Finding.fail(
                      subject,
                      "no error in the output of a step that claims success",
                      transcript.errorCount() + " error lines, exit code 0",
                      "make the script stop at its first error (set -euo pipefail, ON_ERROR_STOP)")
                  .withExamples(errors));
        }
      }
    }
    return new StepResult(step, started, ended, outcome, transcript, findings);
  }

  private Finding failed(String subject) {
    if (failure instanceof DrillException known) {
      return Finding.fail(subject, "the step succeeds", known.problem(), known.hint());
    }
    return Finding.fail(
        subject,
        "the step succeeds",
        String.valueOf(failure),
        "see its transcript and the component's log");
  }
}
