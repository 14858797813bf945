package dev.drillbook.site.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drillbook.plan.PlanLoader;
import dev.drillbook.site.App;
import dev.drillbook.site.Condition;
import dev.drillbook.timeline.DrillException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Any command that serves HTTP, as a process of its own. */
class EmbeddedAppIT {
  private final HttpClient http = HttpClient.newHttpClient();

  @TempDir Path folder;
  private EmbeddedSite site;

  @AfterEach
  void close() {
    site.close();
    assertThat(site.leftovers()).isEmpty();
  }

  private App create(String command) throws IOException {
    site =
        EmbeddedSite.create(
            PlanLoader.load(
                Files.writeString(
                    folder.resolve("plan.yaml"),
                    """
                    system: tiny
                    title: One app and its cache
                    components:
                      cache: {kind: redis}
                      echo:
                        kind: app
                        command: %s
                        health: /HOME
                        needs: [cache]
                        environment: {GREETING: "good morning", PORT: "1"}
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
                        .formatted(command))),
            1,
            Installations.ofThisMachine(System.getenv(), said -> {}));
    return site.app("echo");
  }

  private App create() throws IOException {
    return create("[\"{java}\", -cp, \"{classpath}\", " + EchoApp.class.getName() + "]");
  }

  private String ask(URI address, String variable) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(address.resolve("/" + variable))
            .timeout(Duration.ofSeconds(5))
            .build();
    return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  @Test
  void itFindsItsOwnEnvironmentAndTheAddressesOfWhatItNeeds() throws Exception {
    App echo = create();
    site.bringUp();
    assertThat(ask(echo.address(), "GREETING")).isEqualTo("good morning");
    assertThat(ask(echo.address(), "PORT"))
        .isEqualTo(String.valueOf(echo.directAddress().getPort()));
    assertThat(ask(echo.address(), "CACHE_PORT"))
        .isEqualTo(String.valueOf(site.redis("cache").clientAddress().getPort()));
    assertThat(ask(echo.address(), "CACHE_PASSWORD")).hasSize(32);
    assertThat(ask(echo.address(), "APP_FOLDER")).isEqualTo(echo.folder().toString());
    assertThat(echo.folder()).isEmptyDirectory();
    assertThat(ask(echo.address(), "PGPASSWORD")).isEqualTo("null");
    assertThat(echo.clientAddress()).isNotEqualTo(echo.directAddress());
    assertThat(echo.health()).isEqualTo(echo.address().resolve("/HOME"));
  }

  @Test
  void itIsStoppedInGoodOrderKilledAndStartedAgain() throws Exception {
    App echo = create();
    site.bringUp();
    assertThat(echo.condition()).isEqualTo(Condition.RUNNING);
    assertThat(echo.logTail(5)).singleElement().asString().startsWith("hello from process");
    echo.stop();
    assertThat(echo.condition()).isEqualTo(Condition.DOWN);
    assertThat(echo.logTail(1)).containsExactly("goodbye");
    echo.start();
    echo.kill();
    assertThat(echo.logTail(5)).singleElement().asString().startsWith("hello from process");
    assertThatThrownBy(() -> ask(echo.address(), "HOME")).isInstanceOf(IOException.class);
    assertThatThrownBy(echo::kill).hasMessageContaining("echo cannot be killed: it does not run");
    echo.start();
    echo.start();
    assertThat(ask(echo.address(), "GREETING")).isEqualTo("good morning");
    echo.pause();
    assertThat(echo.condition()).isEqualTo(Condition.PAUSED);
    echo.resume();
    assertThat(ask(echo.address(), "GREETING")).isEqualTo("good morning");
  }

  @Test
  void anAppThatEndsAtOnceIsReportedWithWhatItSaid() throws Exception {
    create("[sh, -c, \"echo no such luck; exit 3\"]");
    assertThatThrownBy(site::bringUp)
        .isInstanceOf(DrillException.class)
        .hasMessageContaining("echo did not come up")
        .hasMessageContaining("ended with exit code 3")
        .hasMessageContaining("no such luck");
  }

  @Test
  void whatIsDeployedToItHasAFolderOfItsOwn() throws Exception {
    App echo =
        create(
            shell(
                "touch {folder}/release; HERE={folder} exec " + ECHO));
    site.bringUp();
    assertThat(ask(echo.address(), "HERE")).isEqualTo(echo.folder().toString());
    assertThat(echo.folder()).startsWith(site.path()).isDirectoryContaining("glob:**/release");
  }

  private static String shell(String inner) {
    return "[sh, -c, '" + inner.replace("'", "''") + "']";
  }

  private static final String ECHO = "\"{java}\" -cp \"{classpath}\" " + EchoApp.class.getName();

  @Test
  void whatAShellHasStartedIsStoppedToo() throws Exception {
    App echo = create(shell(ECHO + " & wait"));
    site.bringUp();
    assertThat(ask(echo.address(), "PORT")).isNotBlank();
    echo.stop();
    assertThat(echo.condition()).isEqualTo(Condition.DOWN);
    assertThatThrownBy(
            () -> ask(URI.create("http://127.0.0.1:" + echo.directAddress().getPort()), "PORT"))
        .isInstanceOf(IOException.class);
    echo.start();
    assertThat(ask(echo.address(), "PORT")).isNotBlank();
  }

  @Test
  void theEndOfALongLogIsShown() throws Exception {
    App echo =
        create(shell("head -c 3000000 /dev/zero | tr '\\0' x; echo; echo the end; exec " + ECHO));
    site.bringUp();
    assertThat(echo.logTail(2).get(0)).isEqualTo("the end");
  }
}
