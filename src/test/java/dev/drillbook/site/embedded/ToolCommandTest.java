package dev.drillbook.site.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drillbook.timeline.DrillException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ToolCommandTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  @TempDir Path directory;

  @Test
  void outputHoldsBothStreamsAndTheEnvironmentIsApplied() {
    assertThat(shell("echo $WHO; pwd; echo oops >&2", LONG).output())
        .isEqualTo("me\n" + directory + "\noops\n");
  }

  @Test
  void aNonZeroExitCodeIsAnErrorThatRepeatsWhatTheProgramSaid() {
    assertThatThrownBy(shell("echo no such package; exit 100", LONG)::output)
        .isInstanceOf(DrillException.class)
        .hasMessageContaining("exit code 100")
        .hasMessageContaining("no such package");
  }

  @Test
  void aProgramThatIsNotThereIsAnErrorThatNamesIt() {
    var command = new ToolCommand(List.of("/nowhere/tool", "-x"), Map.of(), directory, LONG);
    assertThatThrownBy(command::run)
        .isInstanceOf(DrillException.class)
        .hasMessageContaining("cannot run '/nowhere/tool -x'");
  }

  @Test
  void aProgramThatTakesTooLongIsKilledTogetherWithItsChildren() throws Exception {
    var command = shell("sleep 300 & echo $! > child; echo waiting; wait", Duration.ofSeconds(1));
    assertThatThrownBy(command::run)
        .isInstanceOf(DrillException.class)
        .hasMessageContaining("not done after 1 s")
        .hasMessageContaining("waiting");
    long child = Long.parseLong(Files.readString(directory.resolve("child")).strip());
    Awaitility.await().until(() -> hasEnded(child));
  }

  /** A zombie that nobody reaps has ended too. */
  private static boolean hasEnded(long pid) throws Exception {
    Path stat = Path.of("/proc", Long.toString(pid), "stat");
    return !ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false)
        || (Files.exists(stat) && Files.readString(stat).contains(") Z "));
  }

  private ToolCommand shell(String script, Duration timeout) {
    return new ToolCommand(
        List.of("/bin/sh", "-c", script), Map.of("WHO", "me"), directory, timeout);
  }
}
