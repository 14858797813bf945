package dev.drillbook.site.embedded;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.drillbook.plan.DrillPlan;
import dev.drillbook.plan.PlanLoader;
import dev.drillbook.site.ObjectStore;
import dev.drillbook.site.SiteSettings;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedSiteTest {
  @TempDir Path planFolder;
  @TempDir Path parent;
  private Installations programs;
  private DrillPlan plan;

  @BeforeEach
  void loadPlan() throws IOException {
    plan = TestPlans.oneDatabase(planFolder, "create table t (id bigint primary key);");
    programs =
        LocalInstallations.of(
            new PostgresInstallation(
                planFolder.resolve("bin"), List.of(), 15, "15.1", "made up", List.of()));
  }

  @Test
  void aSiteThatCannotBeMadeLeavesNoFolder() {
    Map<String, String> broken = Collections.singletonMap("NOTHING", null);
    assertThatThrownBy(() -> EmbeddedSite.create(plan, 1, programs, broken, parent))
        .isInstanceOf(NullPointerException.class);
    assertThat(parent).isEmptyDirectory();
  }

  @Test
  void whatOnlyAnImageRunsIsRefusedBeforeAnythingIsMade() throws IOException {
    Files.writeString(planFolder.resolve("docker-compose.yml"), "services: {backend: {image: a}}");
    Path file = planFolder.resolve("plan.yaml");
    String apps = "components:\n  shop: {kind: app, health: /}\n";
    String composed = "compose: {file: docker-compose.yml, services: {shop: backend}}\nbackups:\n";
    Files.writeString(
        file,
        Files.readString(file).replace("components:\n", apps).replace("backups:\n", composed));
    DrillPlan withApp = PlanLoader.load(file);
    assertThatThrownBy(() -> EmbeddedSite.create(withApp, 1, programs, Map.of(), parent))
        .hasMessageContaining(
            "has no command for shop: what runs is said by service backend of docker-compose.yml")
        .hasMessageContaining("run on -Ddrill.site=containers, or give the component a command");
    assertThat(parent).isEmptyDirectory();
  }

  @Test
  void whatCannotBeEndedKeepsNothingElseFromBeingEnded() {
    List<Path> folders = new ArrayList<>();
    EmbeddedSite site =
        EmbeddedSite.create(
            plan,
            SiteSettings.ofScale(1),
            base -> {
              folders.add(base.folder());
              return (Host)
                  Proxy.newProxyInstance(
                      Host.class.getClassLoader(),
                      new Class<?>[] {Host.class},
                      (host, method, arguments) -> {
                        if (method.getName().equals("processes")) {
                          return List.of();
                        }
                        if (method.getName().equals("share")) {
                          return null;
                        }
                        throw new IllegalStateException(method.getName() + " fails");
                      });
            });
    assertThat(folders.get(0)).exists();
    assertThatThrownBy(site::close).hasMessage("close fails");
    assertThat(folders.get(0)).doesNotExist();
  }

  @Test
  void aSiteThatCannotBeMarkedAsKeptIsTakenDown() throws IOException {
    EmbeddedSite site = EmbeddedSite.create(plan, 1, programs, Map.of(), parent);
    Files.createDirectory(site.folder().resolve("kept"));
    assertThatThrownBy(site::keep).hasMessageContaining("could not be written");
    site.close();
    assertThat(site.folder()).doesNotExist();
  }

  @Test
  void whatTheOperatorsEnvironmentHidesIsASecretOfTheSite() {
    Map<String, String> operator = new HashMap<>(System.getenv());
    operator.put("BACKUP_TOKEN", "hunter2-and-more");
    try (EmbeddedSite site = EmbeddedSite.create(plan, 1, programs, operator, parent)) {
      assertThat(site.secrets()).contains("hunter2-and-more");
    }
  }

  /** A store that is just being started holds its own lock and asks the site for more. */
  @Test
  void whoAsksForSecretsDoesNotKeepAStoreFromTheSite() throws Exception {
    DrillPlan objects = StorePlans.objectStore(planFolder);
    try (EmbeddedSite site = EmbeddedSite.create(objects, 1, programs, Map.of(), parent)) {
      ObjectStore store = site.objectStore("store");
      Thread asking = new Thread(site::secrets);
      synchronized (store) {
        asking.start();
        await().until(() -> asking.getState() == Thread.State.BLOCKED);
        assertThat(CompletableFuture.supplyAsync(site::components)).succeedsWithin(10, SECONDS);
      }
      asking.join();
    }
  }
}
