package dev.drillbook.report.allure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drillbook.run.ComponentLog;
import dev.drillbook.run.DrillRecord;
import dev.drillbook.run.Records;
import dev.drillbook.run.SampleRecord;
import dev.drillbook.timeline.Finding;
import io.qameta.allure.AllureLifecycle;
import io.qameta.allure.FileSystemResultsWriter;
import io.qameta.allure.model.Label;
import io.qameta.allure.model.TestResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AllureReportTest {
  private static final long START = Records.STARTED.toEpochMilli();

  @TempDir Path results;
  private Map<String, String> environment = Map.of();

  @Test
  void phasesAreStepsWithTheirMeasuredTimes() throws IOException {
    JsonNode disaster = step(published(Records.failing()), "inject the disaster");

    assertThat(disaster.get("start").longValue()).isEqualTo(START + 6311);
    assertThat(disaster.get("stop").longValue()).isEqualTo(START + 6318);
    assertThat(disaster.get("status").textValue()).isEqualTo("passed");
  }

  @Test
  void theRunbooksStepsAreInsideTheRecoveryWithTheirTranscripts() throws IOException {
    JsonNode recovery = step(published(Records.failing()), "the runbook's steps");
    JsonNode restore = step(recovery, "restore-database");
    JsonNode restart = step(recovery, "restart-application");

    assertThat(recovery.get("status").textValue()).isEqualTo("failed");
    assertThat(restore.get("status").textValue()).isEqualTo("passed");
    assertThat(restore.get("start").longValue()).isEqualTo(START + 6391);
    assertThat(restore.get("stop").longValue()).isEqualTo(START + 7601);
    assertThat(attachment(restore, "transcript of restore-database"))
        .contains("$ ./restore-database.sh")
        .doesNotContain("hunter2");
    assertThat(restart.get("status").textValue()).isEqualTo("failed");
    assertThat(step(restart, "FAIL: step restart-application").get("parameters").toString())
        .contains("done within 100 ms", "189 ms", "make the step faster");
  }

  @Test
  void checksAndTheLedgerAreInsideTheVerification() throws IOException {
    JsonNode verification = step(published(Records.failing()), "is the data right");

    assertThat(step(verification, "row counts").get("status").textValue()).isEqualTo("passed");
    assertThat(step(verification, "sequences").get("status").textValue()).isEqualTo("broken");
    assertThat(step(verification, "fingerprints").get("start").longValue())
        .isEqualTo(step(verification, "row counts").get("stop").longValue());
    assertThat(step(verification, "what became of every write").get("status").textValue())
        .isEqualTo("failed");
  }

  @Test
  void objectivesSayTargetMeasuredAndClock() throws IOException {
    JsonNode objectives = step(published(Records.failing()), "objectives");
    JsonNode worst = step(objectives, "RPO worst case");

    assertThat(worst.get("status").textValue()).isEqualTo("failed");
    assertThat(worst.get("parameters").findValuesAsText("value"))
        .contains("1 h", "12 h 0.412 s", "longest gap in the schedule + time to take a backup");
  }

  @Test
  void theTimelineAndTheVerdictAreAttached() throws IOException {
    JsonNode test = published(Records.passing());

    assertThat(attachment(test, "verdict.txt")).contains(": PASS");
    assertThat(attachment(test, "timeline.svg")).startsWith("<svg");
    assertThat(attachment(test, "timeline.json")).contains("\"schema\" : 1");
    assertThat(test.get("attachments").findValuesAsText("type")).contains("image/svg+xml");
  }

  @Test
  void labelsPlaceTheDrillUnderItsSystemWithItsSeverity() throws IOException {
    JsonNode test = published(Records.passing());

    assertThat(test.get("name").textValue()).isEqualTo("Complete database loss");
    assertThat(labels(test, "severity")).containsExactly("blocker");
    assertThat(labels(test, "epic")).containsExactly("DhakaCart");
    assertThat(labels(test, "feature")).containsExactly("Complete database loss");
    assertThat(test.get("descriptionHtml").textValue()).contains("<td>15 min</td>");
  }

  @Test
  void whatItRanOnIsSaidAndTellsNoTwoRunsApart() throws IOException {
    JsonNode parameters = published(Records.passing()).get("parameters");

    assertThat(parameters.findValuesAsText("name"))
        .containsExactly("site", "scale", "seed", "versions");
    assertThat(parameters.findValuesAsText("value")).contains("embedded", "1.0", "4711");
    assertThat(parameters.findValuesAsText("excluded")).containsOnly("true");
  }

  @Test
  void findingsAndWritesAreTables() throws IOException {
    SampleRecord record = Records.failing();
    record.findings =
        List.of(
            Finding.fail("fingerprints", "60 rows", "59, \"odd\" rows", "look")
                .withExamples(List.of("id 7: missing", "id 8: name was a\nb")));
    JsonNode test = published(record);

    assertThat(attachment(test, "findings.csv"))
        .isEqualTo(
            """
            verdict,subject,expected,found,for example\r
            FAIL,fingerprints,60 rows,"59, ""odd"" rows",id 7: missing\r
            FAIL,fingerprints,60 rows,"59, ""odd"" rows","id 8: name was a
            b"\r
            """);
    assertThat(attachment(test, "writes.csv"))
        .startsWith("writes,count\r\nattempted,")
        .contains("acknowledged and lost,");
  }

  @Test
  void logsOfTheServersAreAttached() throws IOException {
    SampleRecord record = Records.failing();
    record.logs = List.of(new ComponentLog("db", List.of("LOG:  ready", "PANIC:  no")));
    assertThat(attachment(published(record), "log of db")).isEqualTo("LOG:  ready\nPANIC:  no");
  }

  @Test
  void onACiThePlanIsLinkedAtItsCommit() throws IOException {
    assertThat(published(Records.passing()).get("links")).isEmpty();
    environment =
        Map.of(
            "GITHUB_SERVER_URL", "https://git.example",
            "GITHUB_REPOSITORY", "acme/shop",
            "GITHUB_SHA", "abc123");
    assertThat(published(Records.passing()).get("links").findValuesAsText("url"))
        .containsExactly("https://git.example/acme/shop/blob/abc123/drills/dhakacart/plan.yaml");
  }

  @Test
  void theDescriptionSaysWhoWouldHaveBeenCalledAndWhatIsStillToBeSigned() throws IOException {
    assertThat(published(Records.passing()).get("descriptionHtml").textValue())
        .contains("<li>level 2, Team lead: called 2 min 0.0286 s after the fault</li>")
        .contains("<li>Post-mortem held: to be signed by Team lead within 2 d</li>");
  }

  @Test
  void aRecoveryThatFailedIsARedStepAndItsObjectivesMeasuredNothing() throws IOException {
    JsonNode test = published(Records.recoveryFailed());

    assertThat(
            step(step(test, "the runbook's steps"), "restore-database").get("status").textValue())
        .isEqualTo("failed");
    assertThat(step(step(test, "objectives"), "RTO").get("parameters").findValuesAsText("value"))
        .contains("nothing");
  }

  @Test
  void nothingAtAllAndHostileNamesArePublished() throws IOException {
    assertThat(step(published(Records.empty()), "objectives").get("status").textValue())
        .isEqualTo("broken");
    assertThat(published(Records.hostile()).get("descriptionHtml").textValue())
        .doesNotContain("<script>");
  }

  @Test
  void withoutATestCaseNothingIsPublishedAndTheCallerIsTold() throws IOException {
    AllureLifecycle lifecycle = new AllureLifecycle(new FileSystemResultsWriter(results));

    assertThat(new AllureReport(lifecycle, Map.of()).publish(Records.passing().build())).isFalse();
    try (Stream<Path> files = Files.list(results)) {
      assertThat(files).isEmpty();
    }
  }

  private JsonNode published(SampleRecord builder) throws IOException {
    DrillRecord record = builder.build();
    String uuid = UUID.randomUUID().toString();
    AllureLifecycle lifecycle = new AllureLifecycle(new FileSystemResultsWriter(results));
    TestResult test = new TestResult().setUuid(uuid).setName("a drill");
    test.getLabels().add(new Label().setName("severity").setValue("trivial"));
    lifecycle.scheduleTestCase(test);
    lifecycle.startTestCase(uuid);
    assertThat(new AllureReport(lifecycle, environment).publish(record)).isTrue();
    lifecycle.stopTestCase(uuid);
    lifecycle.writeTestCase(uuid);
    return new ObjectMapper().readTree(Files.readString(results.resolve(uuid + "-result.json")));
  }

  private String attachment(JsonNode node, String name) throws IOException {
    for (JsonNode attachment : node.get("attachments")) {
      if (attachment.get("name").textValue().equals(name)) {
        return Files.readString(results.resolve(attachment.get("source").textValue()));
      }
    }
    throw new AssertionError("no attachment " + name + " in " + node.get("attachments"));
  }

  private static JsonNode step(JsonNode parent, String name) {
    for (JsonNode step : parent.get("steps")) {
      if (step.get("name").textValue().equals(name)) {
        return step;
      }
    }
    throw new AssertionError(
        "no step " + name + " in " + parent.get("steps").findValuesAsText("name"));
  }

  private static Stream<String> labels(JsonNode test, String name) {
    return StreamSupport.stream(test.get("labels").spliterator(), false)
        .filter(label -> label.get("name").textValue().equals(name))
        .map(label -> label.get("value").textValue());
  }
}
