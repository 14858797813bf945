package dev.drillbook.report.allure;

import dev.drillbook.plan.Severity;
import dev.drillbook.report.FailureMessage;
import dev.drillbook.report.TimelineJson;
import dev.drillbook.report.TimelineSvg;
import dev.drillbook.restorecheck.CheckText;
import dev.drillbook.restorecheck.RestoreCheckRecord;
import dev.drillbook.run.DrillRecord;
import io.qameta.allure.Allure;
import io.qameta.allure.AllureLifecycle;
import io.qameta.allure.SeverityLevel;
import io.qameta.allure.model.Label;
import io.qameta.allure.model.Parameter;
import io.qameta.allure.model.StepResult;
import io.qameta.allure.model.TestResult;
import io.qameta.allure.util.ResultsUtils;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Publishes a drill's record into the Allure test case that is running: the phases as steps with
 * their measured times, what was judged and why, and the timeline and transcripts as attachments.
 */
public final class AllureReport {
  private final AllureLifecycle lifecycle;

  private final Map<String, String> environment;

  /**
   * @param environment what a CI says of the commit that it drills
   */
  public AllureReport(AllureLifecycle lifecycle, Map<String, String> environment) {
    this.lifecycle = lifecycle;
    this.environment = environment;
  }

  /** Publishes into the results of this JVM. */
  public static AllureReport ofThisRun() {
    return new AllureReport(Allure.getLifecycle(), System.getenv());
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
          test.setName(record.scenario().title());
          label(test, record);
          parameters(test, record);
          test.setDescriptionHtml(ObjectivesHtml.of(record));
          test.getSteps().addAll(steps.all());
          test.getAttachments().add(attachments.svg("timeline.svg", TimelineSvg.of(record)));
          test.getAttachments().add(attachments.text("verdict.txt", FailureMessage.of(record)));
          test.getAttachments().add(attachments.json("timeline.json", TimelineJson.of(record)));
          tables(test, record, attachments);
          record
              .logs()
              .forEach(
                  log ->
                      test.getAttachments()
                          .add(
                              attachments.text(
                                  "log of " + log.component(), String.join("\n", log.lines()))));
          PlanLink.of(record.plan().file(), Path.of(""), environment)
              .ifPresent(link -> test.getLinks().add(link));
        });
    return true;
  }

  /**
   * Adds the check of a stored backup to the current test case, beside those of other backups that
   * are there already.
   *
   * @return false where there is no current test case, in which case nothing was published
   */
  public boolean publish(RestoreCheckRecord record) {
    if (lifecycle.getCurrentTestCase().isEmpty()) {
      return false;
    }
    Attachments attachments = new Attachments(lifecycle);
    StepResult steps = new CheckSteps(record, attachments).all().result();
    lifecycle.updateTestCase(
        test -> {
          if (test.getSteps().isEmpty()) {
            test.getLabels()
                .addAll(
                    List.of(
                        ResultsUtils.createEpicLabel(record.system()),
                        ResultsUtils.createFeatureLabel("Restore check"),
                        ResultsUtils.createStoryLabel(record.policy()),
                        ResultsUtils.createParentSuiteLabel(record.system())));
          }
          test.getSteps().add(steps);
          String name = "check of " + (record.backup().isEmpty() ? "nothing" : record.backup());
          test.getAttachments().add(attachments.text(name, CheckText.of(record)));
        });
    return true;
  }

  private static void tables(TestResult test, DrillRecord record, Attachments attachments) {
    if (!record.findings().isEmpty()) {
      test.getAttachments().add(attachments.csv("findings.csv", Tables.findings(record)));
    }
    record
        .ledger()
        .ifPresent(
            ledger ->
                test.getAttachments().add(attachments.csv("writes.csv", Tables.writes(ledger))));
  }

  /** They change from run to run, and are left out of what tells one test from another. */
  private static void parameters(TestResult test, DrillRecord record) {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("site", record.site());
    values.put("scale", Double.toString(record.scale()));
    values.put("seed", Long.toString(record.seed()));
    values.put("versions", String.join("; ", record.components()));
    values.forEach(
        (name, value) ->
            test.getParameters()
                .add(new Parameter().setName(name).setValue(value).setExcluded(true)));
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
