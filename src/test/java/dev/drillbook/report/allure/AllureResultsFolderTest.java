package dev.drillbook.report.allure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drillbook.report.FailureKind;
import dev.drillbook.report.FailureMessage;
import dev.drillbook.run.DrillRecord;
import dev.drillbook.run.Records;
import dev.drillbook.run.SampleRecord;
import dev.drillbook.timeline.DrillException;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AllureResultsFolderTest {

  @TempDir Path folder;

  @Test
  void theEnvironmentSaysWhatTheDrillsRanOn() throws IOException {
    SampleRecord record = Records.passing();
    record.components = List.of("db: PostgreSQL 15.12 ✓");

    describe(folder.resolve("new"), List.of(record.build()));

    Properties environment = new Properties();
    try (Reader reader = Files.newBufferedReader(folder.resolve("new/environment.properties"))) {
      environment.load(reader);
    }
    assertThat(environment)
        .containsEntry("site", "embedded")
        .containsEntry("machine.os", "Linux 6.1 amd64")
        .containsEntry("components.dhakacart", "db: PostgreSQL 15.12 ✓");
    assertThat(Files.readString(folder.resolve("new/environment.properties"))).doesNotContain("#");
  }

  @ParameterizedTest
  @MethodSource
  void aFailureFallsIntoTheCategoriesOfItsKinds(DrillRecord record) throws IOException {
    describe(folder, List.of());

    String message = FailureMessage.of(record);
    List<String> matching = new ArrayList<>();
    for (JsonNode category :
        new ObjectMapper().readTree(folder.resolve("categories.json").toFile())) {
      if (message.matches(category.get("messageRegex").textValue())) {
        matching.add(category.get("name").textValue());
      }
    }

    assertThat(matching)
        .isEqualTo(FailureKind.of(record).stream().map(FailureKind::title).toList());
  }

  static Stream<DrillRecord> aFailureFallsIntoTheCategoriesOfItsKinds() {
    return Stream.of(
            Records.passing(),
            Records.failing(),
            Records.recoveryFailed(),
            Records.empty(),
            Records.hostile())
        .map(SampleRecord::build);
  }

  @Test
  void whatStoppedADrillBeforeItBeganIsAProblemOfTheEnvironment() throws IOException {
    describe(folder, List.of());
    JsonNode categories = new ObjectMapper().readTree(folder.resolve("categories.json").toFile());
    JsonNode last = categories.get(categories.size() - 1);
    assertThat(last.get("name").textValue()).isEqualTo("Environment problem");
    DrillException problem = new DrillException("no Docker engine answers", "start one");
    String trace = problem + "\n\tat dev.drillbook.site";
    assertThat(trace).matches(last.get("traceRegex").textValue());
    assertThat(problem.getMessage()).matches(last.get("messageRegex").textValue());
    assertThat(FailureMessage.of(Records.failing().build()))
        .doesNotMatch(last.get("messageRegex").textValue());
  }

  @Test
  void whatTheLastReportKnewOfTheRunsBeforeIsTakenOver() throws IOException {
    Path report = folder.resolve("report");
    Files.createDirectories(report.resolve("history"));
    Files.writeString(report.resolve("history").resolve("history-trend.json"), "[1]");
    Path results = folder.resolve("results");
    AllureResultsFolder.describe(results, List.of(), Map.of(), report);
    assertThat(results.resolve("history").resolve("history-trend.json")).hasContent("[1]");
    AllureResultsFolder.describe(
        folder.resolve("others"), List.of(), Map.of(), folder.resolve("none"));
    assertThat(folder.resolve("others").resolve("history")).doesNotExist();
  }

  @Test
  void theExecutorIsTheCiThatSaysSo() throws IOException {
    assertThat(
            executor(
                Map.of(
                    "GITHUB_ACTIONS",
                    "true",
                    "GITHUB_RUN_NUMBER",
                    "12",
                    "GITHUB_SERVER_URL",
                    "https://git.example",
                    "GITHUB_REPOSITORY",
                    "acme/shop",
                    "GITHUB_RUN_ID",
                    "99")))
        .isEqualTo(
            "{\"name\":\"GitHub Actions\",\"type\":\"github\",\"buildOrder\":12,\"buildName\":\"run 12\",\"buildUrl\":\"https://git.example/acme/shop/actions/runs/99\"}");
    assertThat(
            executor(
                Map.of(
                    "GITLAB_CI",
                    "true",
                    "CI_PIPELINE_IID",
                    "7",
                    "CI_PIPELINE_URL",
                    "https://lab.example/p/7")))
        .contains("gitlab", "\"buildOrder\":7", "https://lab.example/p/7");
    assertThat(
            executor(
                Map.of(
                    "JENKINS_URL",
                    "https://j.example",
                    "BUILD_NUMBER",
                    "3",
                    "JOB_NAME",
                    "dr",
                    "BUILD_URL",
                    "https://j.example/3")))
        .contains("jenkins", "dr 3");
    assertThat(executor(Map.of())).contains("local").doesNotContain("buildUrl");
  }

  private String executor(Map<String, String> variables) throws IOException {
    AllureResultsFolder.describe(folder, List.of(), variables, folder.resolve("none"));
    return new ObjectMapper().readTree(folder.resolve("executor.json").toFile()).toString();
  }

  private void describe(Path results, List<DrillRecord> records) {
    AllureResultsFolder.describe(results, records, Map.of(), folder.resolve("none"));
  }

  @Test
  void aFolderThatCannotBeWrittenIsNamedWithWhatToDo() throws IOException {
    Path file = Files.writeString(folder.resolve("results"), "a file, no folder");

    assertThatThrownBy(() -> describe(file, List.of()))
        .isInstanceOf(DrillException.class)
        .hasMessageContaining("allure.results.directory");
  }
}
