package dev.drillbook.verification;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.drillbook.site.App;
import dev.drillbook.timeline.Finding;
import dev.drillbook.timeline.Verdict;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HealthTest {
  private HttpServer server;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void anAppThatAnswers200IsWell() {
    answer(200, "ok");
    CheckResult result = check();
    assertThat(result.name()).isEqualTo("health of shop");
    assertThat(result.verdict()).isEqualTo(Verdict.PASS);
    assertThat(result.coverage()).isEqualTo("GET /health");
  }

  @Test
  void anyOtherStatusFailsAndShowsWhatTheAppSays() {
    answer(503, "no database");
    assertThat(check().findings())
        .singleElement()
        .extracting(Finding::verdict, Finding::found)
        .containsExactly(Verdict.FAIL, "status 503: no database");
  }

  @Test
  void aRedirectIsNoHealth() {
    answer(302, "");
    assertThat(check().verdict()).isEqualTo(Verdict.FAIL);
  }

  @Test
  void anAppThatDoesNotListenFails() {
    server.stop(0);
    assertThat(check().findings())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.verdict()).isEqualTo(Verdict.FAIL);
              assertThat(finding.found()).startsWith("no answer: java.net.ConnectException");
            });
  }

  private void answer(int status, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    server.createContext(
        "/health",
        exchange -> {
          exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
  }

  private CheckResult check() {
    URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    return Examiner.examine(
            List.of(Health.health(Fake.of(App.class, new AtAnAddress(address)))),
            Evidences.ofNothing())
        .get(0);
  }

  record AtAnAddress(URI address) {

    public String name() {
      return "shop";
    }

    public URI health() {
      return address.resolve("/health");
    }
  }
}
