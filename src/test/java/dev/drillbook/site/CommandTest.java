package dev.drillbook.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.drillbook.timeline.DrillException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir Path folder;
  private final Transcript transcript = new Transcript(Set.of("s3cret"));
  private Scripts scripts;

  @BeforeEach
  void makeScripts() {
    scripts = new Scripts(folder);
  }

  @Test
  void aScriptRunsInItsFolderWithItsEnvironmentAndIsWrittenDown() throws Exception {
    scripts
        .command("hello.sh", "pwd; echo \"it is $SECRET\"; echo oops >&2")
        .perform(transcript, LONG);
    assertThat(transcript.find(Transcript.Stream.COMMAND, Pattern.compile("hello.sh$"))).hasSize(1);
    assertThat(transcript.find(Transcript.Stream.OUT, Pattern.compile("")))
        .containsExactly(folder.toRealPath().toString(), "it is ********");
    assertThat(transcript.find(Transcript.Stream.ERR, Pattern.compile(""))).containsExactly("oops");
  }

  @Test
  void aScriptIsToldNothingButWhatItsEnvironmentSays() throws Exception {
    Path script = scripts.write("env.sh", "/usr/bin/env", true);
    new Command(
            "env.sh",
            List.of(script.toString()),
            () -> Map.of("PGHOST", "127.0.0.1"),
            folder,
            Set.of(),
            Command.Launcher.here())
        .perform(transcript, LONG);
    assertThat(System.getenv()).containsKey("PATH");
    assertThat(transcript.find(Transcript.Stream.OUT, Pattern.compile("")))
        .contains("PGHOST=127.0.0.1")
        .allMatch(line -> line.matches("(PGHOST|PWD|OLDPWD|SHLVL|_)=.*"));
  }

  @Test
  void aScriptHasNoInputToWaitFor() throws Exception {
    scripts.command("ask.sh", "read answer || echo nobody answers").perform(transcript, LONG);
    assertThat(transcript.tail(1)).containsExactly("nobody answers");
  }

  @Test
  void anExitCodeOtherThanZeroIsAnErrorWithWhatWasSaidAndAHint() {
    Command failing =
        scripts.command(
            "restore.sh",
            "echo \"psql: FATAL: password authentication failed: $SECRET\" >&2; exit 3");
    assertThatThrownBy(() -> failing.perform(transcript, LONG))
        .isInstanceOfSatisfying(
            DrillException.class,
            e -> {
              assertThat(e.problem())
                  .contains("restore.sh failed with exit code 3")
                  .contains("password authentication failed: ********")
                  .doesNotContain("s3cret");
              assertThat(e.hint()).contains("the password is wrong");
            });
  }

  @Test
  void aScriptThatFailsInSilenceIsAnErrorThatSaysSo() {
    assertThatThrownBy(() -> scripts.command("quiet.sh", "exit 1").perform())
        .isInstanceOf(DrillException.class)
        .hasMessageContaining("quiet.sh failed with exit code 1; it printed nothing");
  }

  @Test
  void aScriptThatIsNotThereIsAnError() {
    Command missing = scripts.command(folder.resolve("missing.sh"), Set.of());
    assertThatThrownBy(() -> missing.perform(transcript, LONG))
        .isInstanceOfSatisfying(
            DrillException.class,
            e -> {
              assertThat(e.problem()).contains("missing.sh could not be started");
              assertThat(e.hint()).contains("check that it exists");
            });
  }

  @Test
  void aScriptThatMayNotBeExecutedIsAnError() {
    Command locked = scripts.command(scripts.write("locked.sh", "echo never", false), Set.of());
    assertThatThrownBy(() -> locked.perform(transcript, LONG))
        .isInstanceOf(DrillException.class)
        .hasMessageContaining("locked.sh could not be started")
        .hasMessageContaining("chmod +x");
  }

  @Test
  void aScriptThatTakesTooLongIsKilledTogetherWithItsChildren() throws Exception {
    Command hanging =
        scripts.command(
            "hang.sh", "echo $$ > parent; sleep 600 & echo $! > child; echo waiting; wait");
    assertThatThrownBy(() -> hanging.perform(transcript, Duration.ofSeconds(3)))
        .isInstanceOf(DrillException.class)
        .hasMessageContaining("hang.sh was not done after 3 s and was killed");
    await().until(() -> !scripts.isRunning("parent") && !scripts.isRunning("child"));
    assertThat(transcript.tail(1)).containsExactly("waiting");
  }

  @Test
  void anInterruptKillsTheScript() throws Exception {
    Command hanging = scripts.command("hang.sh", "echo $$ > new && mv new pid; sleep 600");
    Thread runner =
        new Thread(
            () ->
                assertThatThrownBy(() -> hanging.perform(transcript, LONG))
                    .isInstanceOf(InterruptedException.class));
    runner.start();
    await().until(() -> Files.exists(folder.resolve("pid")));
    runner.interrupt();
    runner.join();
    await().until(() -> !scripts.isRunning("pid"));
  }

  @Test
  void aServerThatAScriptLeavesRunningDoesNotHoldItUp() throws Exception {
    try {
      scripts.command("start.sh", "sleep 600 & echo $! > server").perform(transcript, LONG);
      assertThat(scripts.isRunning("server")).isTrue();
    } finally {
      long server = Long.parseLong(Files.readString(folder.resolve("server")).strip());
      ProcessHandle.of(server).ifPresent(ProcessHandle::destroyForcibly);
    }
    await().until(() -> !scripts.isRunning("server"));
  }
}
