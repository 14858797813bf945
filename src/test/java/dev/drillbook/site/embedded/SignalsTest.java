package dev.drillbook.site.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignalsTest {
  @TempDir Path folder;
  private Process process;

  @AfterEach
  void end() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  @Test
  void aProcessRunsUntilItIsKilled() throws Exception {
    process = new ProcessBuilder("sleep", "600").start();
    assertThat(Signals.isRunning(process.toHandle())).isTrue();
    assertThat(Signals.killTree(process.toHandle())).isTrue();
    assertThat(Signals.isRunning(process.toHandle())).isFalse();
  }

  @Test
  void aProcessThatNobodyWaitedForDoesNotRun() throws Exception {
    // The shell becomes a program that knows nothing of the child it has.
    process = shell("sleep 600 & echo $! > pid; exec sleep 600");
    await().until(() -> proc(process.pid(), "comm").startsWith("sleep"));
    ProcessHandle child = ProcessHandle.of(pid()).orElseThrow();
    assertThat(Signals.isRunning(child)).isTrue();
    Signals.send("KILL", List.of(child.pid()));
    await().until(() -> !Signals.isRunning(child));
    assertThat(proc(child.pid(), "stat")).contains(") Z ");
  }

  @Test
  void killingATreeEndsAllThatAProcessHasStarted() throws Exception {
    process = shell("sleep 600 & echo $! > pid.new; mv pid.new pid; wait");
    ProcessHandle child = ProcessHandle.of(pid()).orElseThrow();
    assertThat(Signals.killTree(process.toHandle())).isTrue();
    assertThat(Signals.isRunning(child)).isFalse();
    assertThat(Signals.isRunning(process.toHandle())).isFalse();
  }

  /** Somebody new is always just being started while all are looked for. */
  @Test
  void aTreeThatGrowsWhileItIsKilledIsEnded() throws Exception {
    for (int round = 0; round < 10; round++) {
      process =
          shell(
              "echo $$ > pid.new; mv pid.new pid; i=0;"
                  + " while [ $i -lt 300 ]; do sleep 60 & i=$((i+1)); done; wait");
      pid();
      assertThat(Signals.killTree(process.toHandle())).isTrue();
      assertThat(
              ProcessHandle.allProcesses()
                  .filter(Signals::isRunning)
                  .filter(other -> isIn(folder, other)))
          .isEmpty();
      Files.delete(folder.resolve("pid"));
    }
  }

  private static boolean isIn(Path folder, ProcessHandle process) {
    try {
      return Files.readSymbolicLink(Path.of("/proc/" + process.pid() + "/cwd")).equals(folder);
    } catch (IOException gone) {
      return false;
    }
  }

  @Test
  void aStoppedProcessStaysUntilItIsContinued() throws Exception {
    process = new ProcessBuilder("sleep", "600").start();
    Signals.send("STOP", List.of(process.pid()));
    await().until(() -> state().equals("T"));
    assertThat(Signals.isRunning(process.toHandle())).isTrue();
    Signals.send("CONT", List.of(process.pid()));
    await().until(() -> state().equals("S"));
  }

  @Test
  void aProcessThatIsGoneIsPassedOver() throws Exception {
    Process gone = new ProcessBuilder("true").start();
    gone.waitFor();
    process = new ProcessBuilder("sleep", "600").start();
    Signals.send("KILL", List.of(gone.pid(), process.pid()));
    await().until(() -> !process.isAlive());
  }

  private Process shell(String script) throws IOException {
    return new ProcessBuilder("sh", "-c", script).directory(folder.toFile()).start();
  }

  private long pid() throws IOException {
    Path file = folder.resolve("pid");
    await().until(() -> Files.exists(file));
    return Long.parseLong(Files.readString(file).strip());
  }

  private String state() throws IOException {
    String stat = proc(process.pid(), "stat");
    int name = stat.lastIndexOf(')');
    return stat.substring(name + 2, name + 3);
  }

  private static String proc(long pid, String file) throws IOException {
    return Files.readString(Path.of("/proc", Long.toString(pid), file));
  }
}
