package dev.drillbook.report.allure;

import dev.drillbook.timeline.DrillClock;
import dev.drillbook.timeline.Finding;
import dev.drillbook.timeline.Tick;
import dev.drillbook.timeline.Verdict;
import io.qameta.allure.model.Attachment;
import io.qameta.allure.model.Parameter;
import io.qameta.allure.model.Stage;
import io.qameta.allure.model.Status;
import io.qameta.allure.model.StatusDetails;
import io.qameta.allure.model.StepResult;
import java.util.List;

/**
 * An Allure step under construction, with times of its own instead of the time at which it is
 * reported. Its status is the worst of what it was told and of its children.
 */
final class StepNode {
  private final DrillClock clock;
  private final Tick started;
  private final StepResult result = new StepResult();
  private Verdict verdict = Verdict.PASS;

  StepNode(DrillClock clock, String name, Tick started, Tick ended) {
    this.clock = clock;
    this.started = started;
    result
        .setName(name)
        .setStage(Stage.FINISHED)
        .setStart(clock.wall(started).toEpochMilli())
        .setStop(clock.wall(ended).toEpochMilli());
  }

  StepNode verdict(Verdict told) {
    verdict = verdict.and(told);
    return this;
  }

  StepNode message(String message) {
    result.setStatusDetails(new StatusDetails().setMessage(message));
    return this;
  }

  StepNode parameter(String name, Object value) {
    result.getParameters().add(new Parameter().setName(name).setValue(String.valueOf(value)));
    return this;
  }

  StepNode attachment(Attachment attachment) {
    result.getAttachments().add(attachment);
    return this;
  }

  StepNode child(StepNode child) {
    verdict(child.verdict);
    result.getSteps().add(child.result());
    return this;
  }

  /** Adds a step per finding. */
  StepNode findings(List<Finding> findings) {
    findings.forEach(finding -> child(finding(finding)));
    return this;
  }

  StepResult result() {
    return result.setStatus(
        switch (verdict) {
          case PASS -> Status.PASSED;
          case UNKNOWN -> Status.BROKEN;
          case FAIL -> Status.FAILED;
        });
  }

  private StepNode finding(Finding finding) {
    StepNode node =
        new StepNode(clock, finding.verdict() + ": " + finding.subject(), started, started)
            .verdict(finding.verdict())
            .message("expected " + finding.expected() + ", found " + finding.found())
            .parameter("expected", finding.expected())
            .parameter("found", finding.found());
    finding.examples().forEach(example -> node.parameter("example", example));
    return node.parameter("hint", finding.hint());
  }
}
