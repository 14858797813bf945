package dhakacart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shop as its operator sees it, as a process of its own, with no database to be found. */
class ShopTest {
  private static final Duration LONGEST = Duration.ofSeconds(30);

  @TempDir Path temp;
  private final Map<String, String> environment = new HashMap<>();
  private Process process;

  @BeforeEach
  void aDatabaseThatRefusesConnections() throws IOException {
    environment.putAll(
        Map.of(
            "DB_HOST", "127.0.0.1",
            "DB_PORT", String.valueOf(freePort()),
            "DB_DATABASE", "shop_db",
            "DB_USER", "shop",
            "DB_PASSWORD", "correct-horse",
            "PORT", "0"));
  }

  @AfterEach
  void stop() {
    if (process != null) {
      process.destroyForcibly();
    }
  }

  @Test
  void aMissingOrWrongSettingIsNamedAndExits2() throws Exception {
    environment.remove("DB_PASSWORD");
    environment.put("DB_PORT", "70000");

    start();

    assertThat(exitStatus()).isEqualTo(2);
    assertThat(stderr())
        .contains("DB_PASSWORD is not set", "DB_PORT is not a port (1 to 65535): 70000");
  }

  @Test
  void aPortInUseIsNamedAndExits3() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      environment.put("PORT", String.valueOf(taken.getLocalPort()));

      start();

      assertThat(exitStatus()).isEqualTo(3);
      assertThat(stderr())
          .contains("cannot listen on", String.valueOf(taken.getLocalPort()))
          .doesNotContain("\tat ");
    }
  }

  @Test
  void withoutADatabaseItStartsAnswers503AndStopsWhenAsked() throws Exception {
    start();
    URI shop = address();

    HttpResponse<String> health = send(HttpRequest.newBuilder(shop.resolve("/health")));
    HttpResponse<String> order =
        send(
            HttpRequest.newBuilder(shop.resolve("/api/orders"))
                .POST(
                    BodyPublishers.ofString(
                        "{\"ref\":\"r-1\",\"customerId\":1,"
                            + "\"items\":[{\"productId\":1,\"quantity\":1}]}")));
    process.destroy();

    assertThat(health.statusCode()).isEqualTo(503);
    assertThat(health.body()).contains("\"status\":\"down\"", "\"reason\":");
    assertThat(order.statusCode()).isEqualTo(503);
    assertThat(exitStatus()).isEqualTo(128 + 15);
    assertThat(stdout()).contains("shop stopped");
    assertThat(stdout() + stderr() + health.body() + order.body()).doesNotContain("correct-horse");
  }

  private void start() throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Shop.class.getName())
            .redirectOutput(temp.resolve("stdout").toFile())
            .redirectError(temp.resolve("stderr").toFile());
    builder.environment().putAll(environment);
    process = builder.start();
  }

  private URI address() throws IOException {
    String listening = "shop listening on ";
    await()
        .atMost(LONGEST)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> stdout().contains(listening) && stdout().endsWith("\n"));
    return URI.create(stdout().lines().findFirst().orElseThrow().substring(listening.length()));
  }

  private int exitStatus() throws InterruptedException {
    assertThat(process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  private String stdout() throws IOException {
    return Files.readString(temp.resolve("stdout"));
  }

  private String stderr() throws IOException {
    return Files.readString(temp.resolve("stderr"));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return HttpClient.newHttpClient()
        .send(request.timeout(LONGEST).build(), BodyHandlers.ofString());
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
