package dev.drillbook.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drillbook.proxy.FaultProxy;
import dev.drillbook.site.embedded.EmbeddedSite;
import eu.rekawek.toxiproxy.ToxiproxyClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A run that is killed while its faults are in force: a server that is not its own has proxies of
 * it, a process is stopped, a small disk is mounted. Whoever comes next takes all of that away.
 */
@Tag("alone")
class KilledBeforeHealingIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;
  private FaultProxy toxiproxy;
  private ToxiproxyClient client;
  private Process run;
  private List<ProcessHandle> itsProcesses;
  private ProcessHandle watchdog;
  private List<String> itsMounts;

  @BeforeEach
  void injectAndWait() throws Exception {
    List<String> before = mounts();
    toxiproxy = FaultProxy.start();
    client = new ToxiproxyClient("127.0.0.1", toxiproxy.api().getPort());
    run =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                HalfADrill.class.getName(),
                folder.toString(),
                String.valueOf(toxiproxy.api().getPort()))
            .redirectError(folder.resolve("err").toFile())
            .start();
    BufferedReader said =
        new BufferedReader(new InputStreamReader(run.getInputStream(), StandardCharsets.UTF_8));
    assertThat(said.readLine()).as(Files.readString(folder.resolve("err"))).isEqualTo("injected");
    assertThat(client.getProxies()).singleElement().matches(proxy -> !proxy.isEnabled());
    itsProcesses = run.descendants().toList();
    itsMounts = mounts().stream().filter(mount -> !before.contains(mount)).toList();
    watchdog =
        run.children()
            .filter(
                child ->
                    List.of(child.info().arguments().orElse(new String[0]))
                        .contains("drillbook-watchdog"))
            .findFirst()
            .orElseThrow();
  }

  @AfterEach
  void end() {
    run.destroyForcibly();
    toxiproxy.close();
  }

  @Test
  void theNextRunHealsWhatItsWatchdogCouldNot() throws Exception {
    watchdog.destroyForcibly();
    run.destroyForcibly().waitFor();
    assertThat(itsMounts).hasSize(System.getProperty("user.name").equals("root") ? 1 : 0);

    assertThat(EmbeddedSite.sweepLeftovers()).anyMatch(line -> line.startsWith("removed "));

    assertThat(client.getProxies()).isEmpty();
    assertThat(mounts()).noneMatch(itsMounts::contains);
    await()
        .atMost(PATIENCE)
        .until(() -> itsProcesses.stream().noneMatch(KilledBeforeHealingIT::runs));
  }

  @Test
  void theWatchdogEndsTheProcessesAndLeavesOtherServersToTheNextRun() throws Exception {
    run.destroyForcibly().waitFor();
    await()
        .atMost(PATIENCE)
        .until(() -> itsProcesses.stream().noneMatch(KilledBeforeHealingIT::runs));
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(mounts()).noneMatch(itsMounts::contains));

    EmbeddedSite.sweepLeftovers();

    assertThat(client.getProxies()).isEmpty();
  }

  private static List<String> mounts() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/mountinfo")).stream()
        .filter(line -> line.contains("drillbook-site-"))
        .toList();
  }

  private static boolean runs(ProcessHandle process) {
    try {
      return process.isAlive()
          && !Files.readString(Path.of("/proc/" + process.pid() + "/cmdline")).isEmpty();
    } catch (IOException gone) {
      return false;
    }
  }
}
