package omnify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drillbook.plan.PlanLoader;
import dev.drillbook.site.App;
import dev.drillbook.site.Mongo;
import dev.drillbook.site.embedded.EmbeddedSite;
import dev.drillbook.site.embedded.Installations;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The server as its clients see it, with a real database that dies and comes back. */
class ServerIT {
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private EmbeddedSite site;
  private Mongo mongo;
  private App server;

  @BeforeEach
  void start() {
    site =
        EmbeddedSite.create(
            PlanLoader.load(Path.of("drills/omnify/plan.yaml")),
            0.05,
            Installations.ofThisMachine(System.getenv(), said -> {}));
    mongo = site.mongo("mongo");
    server = site.app("server");
    site.bringUp();
  }

  @AfterEach
  void stop() {
    site.close();
  }

  @Test
  void whatWasAcknowledgedIsThereAfterTheDatabaseWasKilledAndNothingIsTakenMeanwhile()
      throws Exception {
    assertThat(post("", "{\"ref\":\"c-1\",\"owner\":1,\"budgetCents\":500}").statusCode())
        .isEqualTo(201);
    assertThat(post("/c-1/launch", "").body()).contains("\"status\":\"active\"", "\"version\":2");

    mongo.kill();
    await().atMost(LONGEST).until(() -> get("/health").statusCode() == 503);
    HttpResponse<String> refused = post("", "{\"ref\":\"c-2\",\"owner\":1,\"budgetCents\":500}");
    mongo.start();
    await().atMost(LONGEST).until(() -> get("/health").statusCode() == 200);

    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(get("/api/campaigns/c-1").body())
        .contains("\"status\":\"active\"", "\"budgetCents\":500");
    assertThat(get("/api/campaigns/c-2").statusCode()).isEqualTo(404);
    assertThat(get("/api/consistency").statusCode()).isEqualTo(200);
  }

  @Test
  void whatCannotBeIsRefused() throws Exception {
    String one = "{\"ref\":\"c-1\",\"owner\":1,\"budgetCents\":500}";
    assertThat(post("", one).statusCode()).isEqualTo(201);

    assertThat(post("", one).statusCode()).as("taken").isEqualTo(409);
    assertThat(post("", one.replace("\"owner\":1", "\"owner\":9999")).statusCode()).isEqualTo(422);
    assertThat(post("", "{").statusCode()).isEqualTo(400);
    assertThat(post("", one.replace("500", "0")).statusCode()).isEqualTo(400);
    assertThat(post("/c-9/launch", "").statusCode()).isEqualTo(404);
    assertThat(post("/c-1/launch", "").statusCode()).isEqualTo(200);
    assertThat(post("/c-1/launch", "").statusCode()).as("launched already").isEqualTo(409);
  }

  private HttpResponse<String> get(String path) throws Exception {
    return send(HttpRequest.newBuilder(at(path)));
  }

  private HttpResponse<String> post(String below, String body) throws Exception {
    return send(
        HttpRequest.newBuilder(at("/api/campaigns" + below)).POST(BodyPublishers.ofString(body)));
  }

  private URI at(String path) {
    return server.address().resolve(path);
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return HttpClient.newHttpClient()
        .send(request.timeout(LONGEST).build(), BodyHandlers.ofString());
  }
}
