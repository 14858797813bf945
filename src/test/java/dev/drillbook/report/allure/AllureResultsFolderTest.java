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

    AllureResultsFolder.describe(folder.resolve("new"), List.of(record.build()));

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
    AllureResultsFolder.describe(folder, List.of());

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
  void aFolderThatCannotBeWrittenIsNamedWithWhatToDo() throws IOException {
    Path file = Files.writeString(folder.resolve("results"), "a file, no folder");

    assertThatThrownBy(() -> AllureResultsFolder.describe(file, List.of()))
        .isInstanceOf(DrillException.class)
        .hasMessageContaining("allure.results.directory");
  }
}
