package dev.drillbook.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drillbook.objective.Projection.Observation;
import dev.drillbook.plan.DataSize;
import dev.drillbook.run.DrillRecord;
import dev.drillbook.run.Records;
import dev.drillbook.run.SampleRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PastDrillsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Observation OWN = observation(9_876_543, Duration.ofNanos(1_490_700_000));
  private static final Observation EARLIER = observation(9_876_543, Duration.ofMillis(1_490));

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void anEarlierDrill() {
    file = folder.resolve("history.jsonl");
    HistoryFile.append(file, earlier().build());
  }

  @Test
  void aLineIsReadBackAsItWasWritten() throws IOException {
    HistoryFile.append(file, Records.failing().build());
    HistoryFile.append(file, Records.recoveryFailed().build());

    HistoryFile.Lines lines = HistoryFile.read(file);

    assertThat(lines.unreadable()).isZero();
    assertThat(lines.entries()).hasSize(3);
    List<String> written = Files.readAllLines(file);
    for (int i = 0; i < 3; i++) {
      assertThat(JSON.valueToTree(lines.entries().get(i)).toString()).isEqualTo(written.get(i));
    }
  }

  @Test
  void earlierDrillsOfTheSameKindAndTheDrillItselfCount() {
    assertThat(observations()).containsExactly(EARLIER, OWN);
  }

  @Test
  void theDrillsOwnLineIsNotCountedTwice() {
    HistoryFile.append(file, Records.passing().build());
    assertThat(observations()).containsExactly(EARLIER, OWN);
  }

  @Test
  void onlyWhatCanBeComparedCounts() throws IOException {
    assertNotCounted(line -> line.put("verdict", "FAIL"));
    assertNotCounted(line -> line.put("verdict", "UNKNOWN"));
    assertNotCounted(line -> line.put("system", "other"));
    assertNotCounted(line -> line.put("scenario", "other"));
    assertNotCounted(line -> line.put("site", "other"));
    assertNotCounted(line -> line.putNull("machine"));
    assertNotCounted(line -> line.withObjectProperty("machine").put("processors", 4));
    assertNotCounted(line -> line.withObjectProperty("machine").put("architecture", "arm64"));
  }

  @Test
  void otherSoftwareOnTheMachineDoesNotMakeItAnother() throws IOException {
    change(line -> line.withObjectProperty("machine").put("java", "21").put("os", "Linux 6.2"));
    assertThat(observations()).containsExactly(EARLIER, OWN);
  }

  @Test
  void aLineOfAnOlderBuildIsReadButKnowsNoSize() throws IOException {
    change(line -> line.withObjectProperty("measured").remove("databaseBytes"));
    assertThat(HistoryFile.read(file).entries()).hasSize(1);
    assertThat(HistoryFile.read(file).unreadable()).isZero();
    assertThat(observations()).containsExactly(OWN);
  }

  @Test
  void aLineOfANewerBuildIsReadAndItsNewFieldsPassedOver() throws IOException {
    change(line -> line.put("weather", "fair"));
    assertThat(observations()).containsExactly(EARLIER, OWN);
  }

  @Test
  void whatIsNoLineOfThisSchemaIsCountedAndPassedOver() throws IOException {
    String line = Files.readString(file);
    Files.writeString(
        file,
        "{\"schema\":1,\"id\":\"kil\n\nnull\n"
            + line.replace("\"schema\":1", "\"schema\":2")
            + line);
    assertThat(HistoryFile.read(file).unreadable()).isEqualTo(3);
    assertThat(observations()).containsExactly(EARLIER, OWN);
  }

  @Test
  void aFileThatDoesNotExistHoldsNothing() {
    assertThat(HistoryFile.read(folder.resolve("none.jsonl")))
        .isEqualTo(new HistoryFile.Lines(List.of(), 0));
  }

  @Test
  void aDrillThatDidNotPassDoesNotCountItself() {
    DrillRecord failed = Records.failing().build();
    assertThat(PastDrills.comparable(failed, HistoryFile.read(file).entries()))
        .containsExactly(EARLIER);
    SampleRecord withoutBackup = Records.passing();
    withoutBackup.backup = Optional.empty();
    assertThat(PastDrills.comparable(withoutBackup.build(), List.of())).isEmpty();
  }

  private void assertNotCounted(Consumer<ObjectNode> change) throws IOException {
    String line = Files.readString(file);
    change(change);
    assertThat(observations()).containsExactly(OWN);
    Files.writeString(file, line);
  }

  private void change(Consumer<ObjectNode> change) throws IOException {
    ObjectNode line = (ObjectNode) JSON.readTree(Files.readString(file));
    change.accept(line);
    Files.writeString(file, line + "\n");
  }

  private List<Observation> observations() {
    return PastDrills.comparable(Records.passing().build(), HistoryFile.read(file).entries());
  }

  private static SampleRecord earlier() {
    SampleRecord record = Records.passing();
    record.id = "20261001T020000Z-dhakacart-complete-database-loss";
    return record;
  }

  private static Observation observation(long bytes, Duration outage) {
    return new Observation(new DataSize(bytes), Optional.of(outage));
  }
}
