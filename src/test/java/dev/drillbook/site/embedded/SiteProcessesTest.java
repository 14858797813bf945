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

/** Whoever belongs to a site is found and ended. */
class SiteProcessesTest {
  @TempDir Path site;
  private Process started;

  @AfterEach
  void end() {
    started.descendants().forEach(ProcessHandle::destroyForcibly);
    started.destroyForcibly();
  }

  @Test
  void aProcessThatAScriptLeftInTheBackgroundIsEnded() throws Exception {
    start("setsid sleep 600 & echo $! > pid.new; mv pid.new pid");
    started.waitFor();
    ProcessHandle left = noted();
    assertThat(Signals.isRunning(left)).isTrue();

    assertThat(SiteProcesses.end(List.of(), site)).isEmpty();

    assertThat(Signals.isRunning(left)).isFalse();
  }

  @Test
  void aProcessOfAnotherSiteIsNot() throws Exception {
    start("echo $$ > pid.new; mv pid.new pid; exec sleep 600");
    ProcessHandle other = noted();
    assertThat(SiteProcesses.end(List.of(), site.resolve("other"))).isEmpty();
    assertThat(SiteProcesses.end(List.of(), site.getParent())).isEmpty();
    assertThat(Signals.isRunning(other)).isTrue();
  }

  /** Each starts the next one and is gone a moment later: nobody who is killed is the last. */
  @Test
  void aLineOfProcessesThatKeepsMovingIsEnded() throws Exception {
    Files.writeString(
        site.resolve("next.sh"),
        "sleep 0.3; echo $1 > count; [ $1 -ge 300 ] || sh next.sh $(($1 + 1)) & sleep 0.5\n");
    start("sh next.sh 0");
    await().until(() -> Files.exists(site.resolve("count")));

    assertThat(SiteProcesses.end(List.of(started.toHandle()), site)).isEmpty();

    String count = Files.readString(site.resolve("count"));
    assertThat(
            ProcessHandle.allProcesses().filter(Signals::isRunning).map(SiteProcessesTest::folder))
        .doesNotContain(site);
    assertThat(Files.readString(site.resolve("count"))).isEqualTo(count).isNotEqualTo("300");
  }

  private void start(String script) throws IOException {
    ProcessBuilder builder = new ProcessBuilder("sh", "-c", script).directory(site.toFile());
    builder.environment().put(SiteProcesses.MARK, site.toString());
    started = builder.start();
  }

  private ProcessHandle noted() throws IOException {
    Path file = site.resolve("pid");
    await().until(() -> Files.exists(file));
    return ProcessHandle.of(Long.parseLong(Files.readString(file).strip())).orElseThrow();
  }

  private static Path folder(ProcessHandle process) {
    try {
      return Files.readSymbolicLink(Path.of("/proc", Long.toString(process.pid()), "cwd"));
    } catch (IOException gone) {
      return Path.of("/");
    }
  }
}
