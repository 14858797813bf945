package processpilot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The backend as its operator starts it, a process of its own. */
final class BackendProcess implements AutoCloseable {
  private static final Duration LONGEST = Duration.ofSeconds(60);

  private final Process process;
  private final Path log;
  private boolean hasItsDatabase;

  private BackendProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  static BackendProcess start(Path folder, Map<String, String> environment) throws IOException {
    Path log = Files.createTempFile(folder, "backend", ".log");
    ProcessBuilder builder =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                System.getProperty("java.class.path"),
                Backend.class.getName())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().putAll(environment);
    builder.environment().put("PORT", "0");
    return new BackendProcess(builder.start(), log);
  }

  /**
   * One that has its database: from then on it is asked again where a busy machine makes it 503.
   */
  static BackendProcess up(Path folder, Map<String, String> environment) throws IOException {
    BackendProcess backend = start(folder, environment);
    backend.hasItsDatabase = true;
    await()
        .atMost(LONGEST)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> backend.get("/api/health", "").statusCode() == 200);
    return backend;
  }

  URI address() throws IOException {
    String listening = "processpilot listening on ";
    await()
        .atMost(LONGEST)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> log().lines().anyMatch(line -> line.startsWith(listening)));
    String line = log().lines().filter(l -> l.startsWith(listening)).findFirst().orElseThrow();
    return URI.create(line.substring(listening.length()));
  }

  HttpResponse<String> get(String path, String token) throws Exception {
    return send(request(path, token));
  }

  HttpResponse<String> post(String path, String token, String json) throws Exception {
    return send(request(path, token).POST(BodyPublishers.ofString(json)));
  }

  private HttpRequest.Builder request(String path, String token) throws IOException {
    HttpRequest.Builder request = HttpRequest.newBuilder(address().resolve(path)).timeout(LONGEST);
    return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    HttpClient client = HttpClient.newHttpClient();
    HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
    for (int more = 0; hasItsDatabase && answer.statusCode() == 503 && more < 20; more++) {
      answer = client.send(request.build(), BodyHandlers.ofString());
    }
    return answer;
  }

  String log() throws IOException {
    return Files.readString(log);
  }

  int exitStatus() throws InterruptedException {
    assertThat(process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
