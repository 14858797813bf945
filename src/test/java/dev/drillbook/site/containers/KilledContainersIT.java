package dev.drillbook.site.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.dockerjava.api.DockerClient;
import dev.drillbook.plan.PlanLoader;
import dev.drillbook.site.Site;
import dev.drillbook.site.SiteSettings;
import dev.drillbook.site.embedded.EmbeddedSite;
import dev.drillbook.site.embedded.TestPlans;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is left of a site of containers when its JVM is killed: nothing, at once or by the next run.
 */
@Tag("alone")
class KilledContainersIT {
  @TempDir Path folder;
  private DockerClient docker;
  private Process maker;

  @BeforeEach
  void start() throws Exception {
    LocalEngine.require();
    docker = Docker.connect(System.getenv());
    TestPlans.oneDatabase(folder, "create table t (id bigint primary key);");
    maker =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Maker.class.getName(),
                folder.resolve("plan.yaml").toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
  }

  @AfterEach
  void end() {
    if (maker != null) {
      maker.destroyForcibly();
    }
  }

  /** A JVM that makes a site, says where, and waits to be killed. */
  static final class Maker {
    private Maker() {}

    public static void main(String[] arguments) throws Exception {
      Site site =
          new Containers(System.getenv(), true)
              .create(PlanLoader.load(Path.of(arguments[0])), SiteSettings.ofScale(1));
      site.postgres("db");
      site.bringUp();
      System.out.println(((EmbeddedSite) site).path());
      Thread.sleep(Duration.ofMinutes(10).toMillis());
    }
  }

  @Test
  void theWatchdogOrTheNextRunRemovesItAll() throws Exception {
    String site = maker.inputReader().readLine();
    assertThat(containers(site)).isEqualTo(3);
    assertThat(new Containers(System.getenv(), true).sweepLeftovers()).isEmpty();
    assertThat(containers(site)).as("of a run that lives").isEqualTo(3);

    maker.destroyForcibly().waitFor();
    if (!hasDockerProgram()) {
      assertThat(new Containers(System.getenv(), true).sweepLeftovers())
          .anyMatch(swept -> swept.contains(site));
    }
    await().atMost(Duration.ofSeconds(60)).until(() -> containers(site) == 0);
    await().atMost(Duration.ofSeconds(30)).until(() -> Files.notExists(Path.of(site)));
    await().until(() -> networks(site) == 0);
  }

  @Test
  void theNextRunRemovesWhatHasNoSiteAnyMore() throws Exception {
    String site = maker.inputReader().readLine();
    String gone = folder.resolve("drillbook-site-gone").toString();
    String id =
        docker
            .createContainerCmd("drillbook/redis:local")
            .withLabels(labels(gone, Owner.of(EmbeddedSite.userId())))
            .withEntrypoint("sleep", "600")
            .exec()
            .getId();
    docker.startContainerCmd(id).exec();
    String elsewhere = folder.resolve("drillbook-site-elsewhere").toString();
    String theirs =
        docker
            .createContainerCmd("drillbook/redis:local")
            .withLabels(labels(elsewhere, Owner.of(EmbeddedSite.userId(), "another machine", "")))
            .withEntrypoint("sleep", "600")
            .exec()
            .getId();
    assertThat(new Containers(System.getenv(), true).sweepLeftovers())
        .containsExactly("removed the containers of " + gone + ", which a killed run had left");
    assertThat(containers(gone)).isZero();
    assertThat(containers(elsewhere)).isEqualTo(1);
    docker.removeContainerCmd(theirs).withForce(true).exec();
    assertThat(containers(site)).isEqualTo(3);
    maker.destroyForcibly().waitFor();
    await().atMost(Duration.ofSeconds(60)).until(() -> containers(site) == 0);
  }

  private static Map<String, String> labels(String site, Owner owner) {
    return Map.of(ContainersHost.SITE_LABEL, site, Owner.LABEL, owner.text());
  }

  private long containers(String site) {
    return docker
        .listContainersCmd()
        .withShowAll(true)
        .withLabelFilter(Map.of(ContainersHost.SITE_LABEL, site))
        .exec()
        .size();
  }

  private long networks(String site) {
    return docker.listNetworksCmd().exec().stream()
        .filter(network -> network.getLabels() != null)
        .filter(network -> site.equals(network.getLabels().get(ContainersHost.SITE_LABEL)))
        .count();
  }

  private static boolean hasDockerProgram() {
    return java.util.Arrays.stream(System.getenv("PATH").split(java.io.File.pathSeparator, -1))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, "docker")));
  }
}
