package dev.drillbook.report.allure;

import dev.drillbook.plan.Severity;
import dev.drillbook.report.FailureMessage;
import dev.drillbook.report.TimelineJson;
import dev.drillbook.report.TimelineSvg;
import dev.drillbook.run.DrillRecord;
import io.qameta.allure.Allure;
import io.qameta.allure.AllureLifecycle;
import io.qameta.allure.SeverityLevel;
import io.qameta.allure.model.Label;
import io.qameta.allure.model.TestResult;
import io.qameta.allure.util.ResultsUtils;
import java.util.List;

/**
 * Publishes a drill's record into the Allure test case that is running: the phases as steps with
 * their measured times, what was judged and why, and the timeline and transcripts as attachments.
 */
public final class AllureReport {
  private final AllureLifecycle lifecycle;

  public AllureReport(AllureLifecycle lifecycle) {
    this.lifecycle = lifecycle;
  }

  /** Publishes into the results of this JVM. */
  public static AllureReport ofThisRun() {
    return new AllureReport(Allure.getLifecycle());
  }

  /**
   * Adds {@code record} to the current test case, whose own status it leaves alone: that is the
   * test's.
   *
   * @return false where there is no current test case, in which case nothing was published
   */
  public boolean publish(DrillRecord record) {
    if (lifecycle.getCurrentTestCase().isEmpty()) {
      return false;
    }
    Attachments attachments = new Attachments(lifecycle);
    PhaseSteps steps = new PhaseSteps(record, attachments);
    lifecycle.updateTestCase(
        test -> {
          label(test, record);
          test.setDescriptionHtml(ObjectivesHtml.of(record));
          test.getSteps().addAll(steps.all());
          test.getAttachments().add(attachments.svg("timeline.svg", TimelineSvg.of(record)));
          test.getAttachments().add(attachments.text("verdict.txt", FailureMessage.of(record)));
          test.getAttachments().add(attachments.json("timeline.json", TimelineJson.of(record)));
        });
    return true;
  }

  private static void label(TestResult test, DrillRecord record) {
    Label severity = ResultsUtils.createSeverityLabel(severity(record.scenario().severity()));
    test.getLabels().removeIf(label -> label.getName().equals(severity.getName()));
    test.getLabels()
        .addAll(
            List.of(
                severity,
                ResultsUtils.createEpicLabel(record.plan().title()),
                ResultsUtils.createFeatureLabel(record.scenario().title()),
                ResultsUtils.createStoryLabel("on site " + record.site()),
                ResultsUtils.createParentSuiteLabel(record.plan().title()),
                ResultsUtils.createTagLabel(record.scenario().severity().name()),
                ResultsUtils.createTagLabel(record.verdict().name())));
  }

  private static SeverityLevel severity(Severity severity) {
    return switch (severity) {
      case P0 -> SeverityLevel.BLOCKER;
      case P1 -> SeverityLevel.CRITICAL;
      case P2 -> SeverityLevel.NORMAL;
      case P3 -> SeverityLevel.MINOR;
    };
  }
}
