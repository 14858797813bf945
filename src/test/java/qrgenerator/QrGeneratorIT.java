package qrgenerator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drillbook.plan.PlanLoader;
import dev.drillbook.site.App;
import dev.drillbook.site.Postgres;
import dev.drillbook.site.embedded.EmbeddedSite;
import dev.drillbook.site.embedded.Installations;
import dev.drillbook.timeline.DrillException;
import dev.drillbook.workload.RefusedException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The service on a server of its own, as the plan has it, with its real database. */
class QrGeneratorIT {
  private static final Duration LONGEST = Duration.ofSeconds(30);

  @Test
  void itServesWhoHasAKeyAndSays503WhenItsDatabaseIsAway() throws Exception {
    try (EmbeddedSite site = site()) {
      Postgres db = site.postgres("db");
      App server = site.app("server");
      site.bringUp();
      QrClient customer = new QrClient(server::address, Vault.of(server)::customerKey);
      QrClient stranger = new QrClient(server::address, () -> "qr_guessed");

      customer.create("menu-1", "https://www.example.org/1", LONGEST);
      customer.scan("menu-1", LONGEST);
      customer.scan("menu-1", LONGEST);

      assertThat(customer.find("menu-1", LONGEST))
          .as("a scan that is sent again is one scan")
          .isEqualTo(Optional.of("https://www.example.org/1|1"));
      assertThatThrownBy(() -> customer.create("menu-1", "https://www.example.org/2", LONGEST))
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining("409");
      assertThat(stranger.status(LONGEST)).isEqualTo(401);
      assertThatThrownBy(() -> stranger.create("menu-2", "https://www.example.org/2", LONGEST))
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining("401");
      assertThatThrownBy(() -> customer.create("menu-3", "javascript:alert(1)", LONGEST))
          .hasMessageContaining("400");

      db.kill();
      assertThatThrownBy(() -> customer.create("menu-4", "https://www.example.org/4", LONGEST))
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining("503");
      assertThat(health(server)).isEqualTo(503);
      db.start();
      assertThat(health(server)).isEqualTo(200);
      assertThat(customer.find("menu-1", LONGEST)).isPresent();
      assertThat(customer.find("menu-4", LONGEST)).isEmpty();
    }
  }

  /** QR-19: the runbook copies .env.example, and its health check is content. */
  @Test
  void qr19WithTheExampleOfAConfigurationItIsHealthyAndKnowsNobody() throws Exception {
    try (EmbeddedSite site = site()) {
      App server = site.app("server");
      site.bringUp();
      server.stop();
      Files.copy(
          server.folder().resolve("release/.env.example"),
          server.folder().resolve(".env"),
          StandardCopyOption.REPLACE_EXISTING);

      server.start();

      assertThat(health(server)).isEqualTo(200);
      assertThat(new QrClient(server::address, Vault.of(server)::customerKey).status(LONGEST))
          .isEqualTo(401);
    }
  }

  @Test
  void aServerWithoutItsReleaseDoesNotStart() throws Exception {
    try (EmbeddedSite site = site()) {
      App server = site.app("server");
      site.bringUp();
      server.kill();
      Files.delete(server.folder().resolve("release/bin/start"));

      assertThatThrownBy(server::start)
          .isInstanceOf(DrillException.class)
          .hasMessageContaining("no release is deployed in");
    }
  }

  @Test
  void aPasswordThatWasRotatedOpensNothingUnlessSomebodyGivesItBack() throws Exception {
    try (EmbeddedSite site = site()) {
      Postgres db = site.postgres("db");
      site.bringUp();
      List<String> before =
          site.secrets().stream().filter(text -> text.matches("[0-9a-f]{32}")).toList();

      db.rotatePassword();

      assertThat(db.admitsReplacedPasswords()).isFalse();
      db.connect().close();
      boolean admitted = false;
      try (Connection admin = db.administer("postgres");
          Statement statement = admin.createStatement()) {
        for (String password : before) {
          statement.execute("alter role qr password '" + password + "'");
          admitted |= db.admitsReplacedPasswords();
        }
      }
      assertThat(admitted).isTrue();
    }
  }

  private static EmbeddedSite site() {
    return EmbeddedSite.create(
        PlanLoader.load(Path.of("drills/qrgenerator/plan.yaml")),
        1,
        Installations.ofThisMachine(System.getenv(), said -> {}));
  }

  private static int health(App server) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(server.health()).timeout(LONGEST).build(),
            HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }
}
