package dev.drillbook.site.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.HostConfig;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server under the engine's init, and one that is the first process itself. */
class RunningContainerIT {
  private DockerClient docker;
  private Container container;

  @BeforeEach
  void connect() {
    Optional<String> missing = LocalEngine.missing();
    assumeTrue(missing.isEmpty(), () -> missing.orElseThrow());
    docker = Docker.connect(System.getenv());
  }

  @AfterEach
  void remove() {
    if (container != null) {
      container.remove();
    }
  }

  private RunningContainer start(boolean hasInit, String... command) {
    String id =
        docker
            .createContainerCmd("drillbook/redis:local")
            .withEntrypoint(command)
            .withHostConfig(HostConfig.newHostConfig().withInit(hasInit))
            .exec()
            .getId();
    container = new Container(docker, id, id);
    container.start();
    return new RunningContainer(container, hasInit);
  }

  private static String program(RunningContainer running) {
    return running.handle().flatMap(process -> process.info().command()).orElse("");
  }

  @Test
  void underAnInitTheServerIsItsChildAndHearsItsSignals() {
    RunningContainer running = start(true, "sh", "-c", "sleep 600; exit 7");
    await().until(() -> program(running).endsWith("sh"));
    assertThat(running.stop("TERM", Duration.ofSeconds(20))).isTrue();
    assertThat(running.exitCode()).as("of SIGTERM").isEqualTo(143);
    assertThat(running.isAlive()).isFalse();
  }

  @Test
  void underAnInitTheExitCodeIsTheServers() {
    RunningContainer running = start(true, "sh", "-c", "exit 7");
    assertThat(container.awaitEnd(Duration.ofSeconds(20))).isTrue();
    assertThat(running.exitCode()).isEqualTo(7);
  }

  @Test
  void withoutAnInitTheFirstProcessIsTheServer() {
    RunningContainer running = start(false, "sleep", "600");
    await().until(() -> program(running).endsWith("sleep"));
    running.pause();
    assertThat(running.isPaused()).isTrue();
    running.resume();
    running.kill();
    assertThat(running.isAlive()).isFalse();
  }
}
