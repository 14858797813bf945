package dev.drillbook.site.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.github.dockerjava.api.DockerClient;
import dev.drillbook.plan.DrillPlan;
import dev.drillbook.plan.PlanLoader;
import dev.drillbook.timeline.DrillException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which image plays what, and what is said of one that cannot be had. */
class ImagesIT {
  @TempDir Path folder;
  private DockerClient docker;

  @BeforeEach
  void connect() {
    LocalEngine.require();
    docker = Docker.connect(System.getenv());
  }

  private DrillPlan plan(String images) throws Exception {
    return PlanLoader.load(
        Files.writeString(
            folder.resolve("plan.yaml"),
            """
            system: tiny
            title: Two stores
            components:
              cache: {kind: redis}
              sessions: {kind: redis}
            images: {%s}
            backups:
              rdb: {component: cache, schedule: "0 * * * *", retention: 1d, location: redis, encryption: none}
            scenarios:
              loss:
                title: Loss
                severity: P1
                rto: 1h
                rpo: 2h
                backup: rdb
                steps:
                  - {id: restore, kind: automated, budget: 1m, restore: true}
            """
                .formatted(images)));
  }

  @Test
  void thePlansImageComesFirstThenAKnownOneAndLocalOnesBeforeBoth() throws Exception {
    DrillPlan plan = plan("cache: 'redis:7.2', toolbox: 'acme/tools:1'");
    Images images = new Images(docker, plan, false);
    assertThat(images.of("cache")).isEqualTo("redis:7.2");
    assertThat(images.of("sessions")).isEqualTo("redis:8");
    assertThat(images.ofScripts("sessions")).isEqualTo("acme/tools:1");
    assertThat(images.ofNetwork()).isEqualTo("ghcr.io/shopify/toxiproxy:2.12.0");
    Images local = new Images(docker, plan, true);
    assertThat(local.of("cache")).isEqualTo("drillbook/redis:local");
    assertThat(local.ofScripts("cache")).isEqualTo("drillbook/toolbox:local");
    assertThat(local.describe("drillbook/toolbox:local"))
        .matches("tools for scripts \\(PostgreSQL .*, redis-cli .*; Drillbook's own aws, .*");
    Images unnamed = new Images(docker, plan(""), false);
    assertThat(unnamed.ofScripts("cache")).isEqualTo("redis:8");
    assertThat(local.describe("drillbook/redis:local"))
        .matches("Redis 7\\..*, image drillbook/redis:local");
    assertThatThrownBy(() -> plan("cahce: 'redis:7.2'"))
        .hasMessageContaining("there is no component 'cahce'")
        .hasMessageContaining("did you mean 'cache'?");
  }

  @Test
  void aServicesImageComesAfterThePlansAndBeforeAKnownOne() throws Exception {
    Files.writeString(
        folder.resolve("docker-compose.yml"),
        "services: {redis: {image: 'redis:7.0'}, other: {image: 'redis:6.2'}}");
    DrillPlan plan =
        plan(
            "cache: 'redis:7.2'}\ncompose: {file: docker-compose.yml, services: {cache: redis, sessions: other}");
    Images images = new Images(docker, plan, false);
    assertThat(images.of("cache")).isEqualTo("redis:7.2");
    assertThat(images.of("sessions")).isEqualTo("redis:6.2");
    assertThat(images.ofScripts("sessions")).isEqualTo("redis:6.2");
    assertThat(new Images(docker, plan, true).of("sessions")).isEqualTo("drillbook/redis:local");
  }

  @Test
  void anImageThatCannotBeHadIsSaidAtOnce() throws Exception {
    Images images = new Images(docker, plan(""), false);
    assertThatThrownBy(() -> images.require("localhost:1/nothing:1"))
        .isInstanceOf(DrillException.class)
        .hasMessageContaining("the image localhost:1/nothing:1 is not here and cannot be pulled")
        .hasMessageContaining("-Ddrill.images=local");
    assertThatThrownBy(() -> new Images(docker, plan(""), true).require("drillbook/nothing:local"))
        .hasMessageContaining("the image drillbook/nothing:local is not here")
        .hasMessageContaining("make it: drills/images/build");
  }

  @Test
  void aRegistryThatKeepsSilentIsGivenUp() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      String image = "127.0.0.1:" + silent.getLocalPort() + "/nothing:1";
      assertThatThrownBy(() -> new Pull(docker, image, Duration.ofSeconds(2)).await())
          .isInstanceOf(DrillException.class)
          .hasMessageContaining("its registry has kept silent for 2 s")
          .hasMessageContaining("-Ddrill.site=embedded");
      await().until(() -> pulls() == 0);
    }
  }

  private static long pulls() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("drillbook-pull"))
        .count();
  }
}
