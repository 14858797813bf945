package dev.drillbook.drills;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drillbook.site.embedded.EmbeddedSite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A run that is ended from outside, in the middle of a drill, leaves nothing behind for long. */
@Tag("alone")
class KilledRunIT {
  private static final Path SITES = EmbeddedSite.sitesFolder();
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int KILLS = 4;
  private static final long LATEST_KILL_MILLIS = 8_000;

  private Process run;

  @AfterEach
  void endTheRun() {
    if (run != null) {
      run.destroyForcibly();
    }
  }

  @Test
  void aRunThatIsToldToStopTakesItsProcessesAndFilesWithIt() throws IOException {
    start();
    Path site =
        await().atMost(PATIENCE).until(this::siteThatServes, Optional::isPresent).orElseThrow();
    List<ProcessHandle> children = children(site);
    assertThat(children).hasSizeGreaterThanOrEqualTo(2).allMatch(ProcessHandle::isAlive);

    run.destroy();

    await().atMost(PATIENCE).untilAsserted(() -> assertThat(run.isAlive()).isFalse());
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(children).noneMatch(KilledRunIT::runs));
    assertThat(site).doesNotExist();
  }

  /** Whatever a run was doing, its watchdog takes the site down when the kernel has ended it. */
  @Test
  void aRunThatIsKilledAtAnyMomentLeavesNothing() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < KILLS; round++) {
      start();
      Path site = await().atMost(PATIENCE).until(this::site, Optional::isPresent).orElseThrow();
      long delayMillis = random.nextLong(LATEST_KILL_MILLIS);
      Thread.sleep(delayMillis);
      List<ProcessHandle> children = run.descendants().toList();

      run.destroyForcibly();

      await()
          .alias("killed " + delayMillis + " ms after its site was made; seed " + seed)
          .atMost(Duration.ofSeconds(10))
          .untilAsserted(
              () -> {
                assertThat(children).noneMatch(KilledRunIT::runs);
                assertThat(site).doesNotExist();
              });
    }
  }

  @Test
  void whatAKilledRunAndItsWatchdogLeftIsRemovedByTheNextOne() throws IOException {
    start();
    Path site =
        await().atMost(PATIENCE).until(this::siteThatServes, Optional::isPresent).orElseThrow();
    List<ProcessHandle> children = children(site);

    watchdog().destroyForcibly();
    run.destroyForcibly();
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(run.isAlive()).isFalse());
    assertThat(site).exists();

    assertThat(EmbeddedSite.sweepLeftovers()).anyMatch(swept -> swept.contains(site.toString()));

    await().atMost(PATIENCE).untilAsserted(() -> assertThat(children).noneMatch(KilledRunIT::runs));
    assertThat(site).doesNotExist();
  }

  private ProcessHandle watchdog() {
    return run.children()
        .filter(
            child ->
                List.of(child.info().arguments().orElse(new String[0]))
                    .contains("drillbook-watchdog"))
        .findFirst()
        .orElseThrow();
  }

  private void start() throws IOException {
    run =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-Ddrill.history=" + Path.of("target", "history-of-killed-runs.jsonl"),
                "-Dallure.results.directory=" + Path.of("target", "allure-results-of-tests"),
                RunOneFixture.class.getName(),
                Fixtures.Clean.class.getName())
            .redirectErrorStream(true)
            .redirectOutput(Path.of("target", "killed-run.log").toFile())
            .start();
  }

  /** The folder of the run's site, once the database and the shop are both up. */
  private Optional<Path> siteThatServes() throws IOException {
    return site().filter(KilledRunIT::serves);
  }

  private Optional<Path> site() throws IOException {
    if (!Files.isDirectory(SITES)) {
      return Optional.empty();
    }
    try (Stream<Path> folders = Files.list(SITES)) {
      return folders.filter(this::isOf).findFirst();
    }
  }

  private static boolean serves(Path folder) {
    try {
      return Files.exists(folder.resolve("shop.log")) && children(folder).size() >= 2;
    } catch (IOException gone) {
      return false;
    }
  }

  private boolean isOf(Path folder) {
    try {
      return Files.readString(folder.resolve("owner")).startsWith(run.pid() + " ");
    } catch (IOException gone) {
      return false;
    }
  }

  private static List<ProcessHandle> children(Path site) throws IOException {
    return Files.readAllLines(site.resolve("children")).stream()
        .map(line -> Long.parseLong(line.substring(0, line.indexOf(' '))))
        .flatMap(pid -> ProcessHandle.of(pid).stream())
        .filter(ProcessHandle::isAlive)
        .toList();
  }

  /** A process that nobody waited for still counts as alive to Java; its command line is gone. */
  private static boolean runs(ProcessHandle process) {
    try {
      return process.isAlive()
          && !Files.readString(Path.of("/proc/" + process.pid() + "/cmdline")).isEmpty();
    } catch (IOException gone) {
      return false;
    }
  }
}
