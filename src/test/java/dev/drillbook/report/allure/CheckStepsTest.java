package dev.drillbook.report.allure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drillbook.restorecheck.RestoreCheckRecord;
import dev.drillbook.run.Machine;
import dev.drillbook.timeline.Finding;
import dev.drillbook.timeline.Verdict;
import dev.drillbook.unpacking.Stage;
import dev.drillbook.verification.CheckResult;
import io.qameta.allure.AllureLifecycle;
import io.qameta.allure.FileSystemResultsWriter;
import io.qameta.allure.model.TestResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckStepsTest {
  private static final Instant STARTED = Instant.parse("2026-11-01T04:17:00Z");
  private static final Finding TOO_FEW =
      Finding.fail("row counts", "orders holds at least 300 rows", "7 rows", "is it whole?");
  private static final Finding TOO_OLD =
      Finding.fail("nightly: age", "at most 1 d old", "3 d", "did the job run?");

  @TempDir Path results;

  private static RestoreCheckRecord record(String backup) {
    return new RestoreCheckRecord(
        "shop-nightly-20261101-041700-1",
        "shop",
        "nightly",
        backup,
        Optional.of(STARTED.minusSeconds(7_200)),
        Optional.empty(),
        2_000_000,
        STARTED,
        Duration.ofSeconds(9),
        Verdict.FAIL,
        "embedded",
        List.of("db: PostgreSQL 15.12"),
        Machine.here(),
        Optional.of(9_000_000L),
        7,
        List.of(
            new Stage("download", Duration.ofSeconds(1), 2_000_000, 2_000_000),
            new Stage("restore", Duration.ofSeconds(4), 8_000_000, 8_000_000)),
        List.of(
            new CheckResult(
                "row counts",
                Verdict.FAIL,
                "1 tables, 7 rows",
                List.of(TOO_FEW),
                Duration.ofMillis(3))),
        List.of(TOO_FEW, TOO_OLD),
        List.of("no checksum"),
        "$ pg_restore");
  }

  @Test
  void eachBackupIsAStepWithItsStagesChecksAndFindings() throws IOException {
    TestResult test = new TestResult().setUuid("one").setName("shop/nightly");
    AllureLifecycle lifecycle = new AllureLifecycle(new FileSystemResultsWriter(results));
    AllureReport report = new AllureReport(lifecycle, Map.of());
    assertThat(report.publish(record("a.dump"))).as("no test runs").isFalse();
    lifecycle.scheduleTestCase(test);
    lifecycle.startTestCase("one");
    assertThat(report.publish(record("a.dump"))).isTrue();
    assertThat(report.publish(record("b.dump"))).isTrue();
    lifecycle.stopTestCase("one");
    lifecycle.writeTestCase("one");

    JsonNode json =
        new ObjectMapper().readTree(Files.readString(results.resolve("one-result.json")));
    assertThat(json.get("steps").findValuesAsText("name")).contains("a.dump", "b.dump");
    JsonNode steps = json.get("steps").get(0).get("steps");
    assertThat(steps).hasSize(4);
    assertThat(steps.get(1).get("name").textValue()).isEqualTo("restore");
    assertThat(steps.get(1).get("start").longValue()).isEqualTo(STARTED.toEpochMilli() + 1_000);
    assertThat(steps.get(1).get("parameters").findValuesAsText("value"))
        .contains("4 s", "2.0 MB/s");
    assertThat(steps.get(2).get("status").textValue()).isEqualTo("failed");
    assertThat(steps.get(2).get("steps")).hasSize(1);
    assertThat(steps.get(3).get("name").textValue()).isEqualTo("FAIL: nightly: age");
    assertThat(json.get("labels").findValuesAsText("value")).containsOnlyOnce("Restore check");
    assertThat(json.get("attachments")).hasSize(2);
  }
}
