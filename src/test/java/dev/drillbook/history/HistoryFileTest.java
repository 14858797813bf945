package dev.drillbook.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drillbook.run.Records;
import dev.drillbook.timeline.DrillException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryFileTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  @Test
  void aDrillLeavesOneLineInAFolderThatDidNotExist() throws IOException {
    Path file = folder.resolve("reports/deep/history.jsonl");

    HistoryFile.append(file, Records.failing().build());

    List<String> lines = Files.readAllLines(file);
    assertThat(lines).hasSize(1);
    JsonNode line = JSON.readTree(lines.get(0));
    assertThat(line.get("schema").intValue()).isEqualTo(1);
    assertThat(line.get("startedAt").textValue()).isEqualTo("2026-11-01T02:00:00.250Z");
    assertThat(line.get("verdict").textValue()).isEqualTo("FAIL");
    assertThat(line.at("/targets/rtoMillis").longValue()).isEqualTo(900_000);
    assertThat(line.at("/measured/outageSinceFaultMillis").longValue()).isEqualTo(1_490);
    assertThat(line.at("/measured/outageWithManualStepsMillis").longValue()).isEqualTo(121_490);
    assertThat(line.at("/measured/backupRows").longValue()).isEqualTo(3_317);
    assertThat(line.at("/clocks/faultMillis").longValue()).isEqualTo(6_312);
    assertThat(line.at("/writes/holes").intValue()).isEqualTo(3);
    assertThat(line.at("/steps/1/id").textValue()).isEqualTo("restore-database");
    assertThat(line.at("/findings/0/found").textValue()).contains("3 holes");
    assertThat(line.at("/corrections/0/corrected").textValue()).isEqualTo("0 */12 * * *");
  }

  @Test
  void aFailedRecoveryHasNoOutageAndNoWrites() throws IOException {
    Path file = folder.resolve("history.jsonl");

    HistoryFile.append(file, Records.recoveryFailed().build());

    JsonNode line = JSON.readTree(Files.readString(file));
    assertThat(line.at("/measured/outageSinceFaultMillis").isNull()).isTrue();
    assertThat(line.at("/clocks/stableOkMillis").isNull()).isTrue();
    assertThat(line.get("writes").isNull()).isTrue();
  }

  @Test
  void aLineThatAKilledRunLeftUnfinishedStaysAndTheNextOneStartsBelowIt() throws IOException {
    Path file = folder.resolve("history.jsonl");
    Files.writeString(file, "{\"schema\":1}\n{\"schema\":1,\"id\":\"kil");

    HistoryFile.append(file, Records.passing().build());
    HistoryFile.append(file, Records.passing().build());

    List<String> lines = Files.readAllLines(file);
    assertThat(lines).hasSize(4);
    assertThat(lines.get(1)).isEqualTo("{\"schema\":1,\"id\":\"kil");
    assertThat(JSON.readTree(lines.get(2)).get("verdict").textValue()).isEqualTo("PASS");
    assertThat(Files.readString(file)).endsWith("}\n");
  }

  @Test
  void drillsThatEndAtTheSameTimeEachLeaveAWholeLine() throws IOException {
    Path file = folder.resolve("history.jsonl");

    IntStream.range(0, 20)
        .parallel()
        .forEach(i -> HistoryFile.append(file, Records.hostile().build()));

    assertThat(Files.readAllLines(file))
        .hasSize(20)
        .allSatisfy(line -> assertThat(JSON.readTree(line).get("schema").intValue()).isEqualTo(1));
  }

  @Test
  void aDrillThatNeverBeganStillLeavesALine() throws IOException {
    Path file = folder.resolve("history.jsonl");

    HistoryFile.append(file, Records.empty().build());

    assertThat(Files.readAllLines(file)).hasSize(1);
  }

  @Test
  void aFileThatCannotBeWrittenIsNamedWithWhatToDo() throws IOException {
    Path file = Files.createDirectory(folder.resolve("history.jsonl"));

    assertThatThrownBy(() -> HistoryFile.append(file, Records.passing().build()))
        .isInstanceOf(DrillException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("-Ddrill.history");
  }
}
