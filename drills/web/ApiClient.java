package web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drillbook.workload.RefusedException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** A client of such a service, as its users' browsers are. */
public final class ApiClient {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Supplier<URI> address;
  private final Supplier<Map<String, String>> headers;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();

  public ApiClient(Supplier<URI> address) {
    this(address, Map::of);
  }

  /**
   * @param headers sent with every request, e.g. an API key; asked for each time
   */
  public ApiClient(Supplier<URI> address, Supplier<Map<String, String>> headers) {
    this.address = address;
    this.headers = headers;
  }

  public HttpResponse<String> get(String path, Duration timeout) throws IOException {
    return send(request(path, timeout).build());
  }

  /**
   * What is found under {@code path}, in the words of {@code text}; empty if there is no such
   * thing.
   *
   * @throws IOException if nobody knows
   */
  public <T> Optional<T> find(String path, Duration timeout, Function<JsonNode, T> reader)
      throws IOException {
    HttpResponse<String> answer = get(path, timeout);
    if (answer.statusCode() == 404) {
      return Optional.empty();
    }
    if (answer.statusCode() != 200) {
      throw new IOException("status " + answer.statusCode() + ": " + answer.body());
    }
    return Optional.of(reader.apply(JSON.readTree(answer.body())));
  }

  /**
   * A write that is done if the answer has the status {@code done}. 503 means that nothing was
   * changed, and 4xx that the service said no; anything else is uncertain.
   *
   * @throws RefusedException if nothing was changed
   * @throws IOException if nobody knows
   */
  public void write(String method, String path, String json, int done, Duration timeout)
      throws IOException, RefusedException {
    HttpResponse<String> answer =
        send(
            request(path, timeout)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(json))
                .build());
    int status = answer.statusCode();
    if (status == 503 || (status >= 400 && status < 500)) {
      throw new RefusedException("status " + status + ": " + answer.body());
    }
    if (status != done) {
      throw new IOException("status " + status + ": " + answer.body());
    }
  }

  private HttpRequest.Builder request(String path, Duration timeout) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address.get().resolve(path)).timeout(timeout);
    headers.get().forEach(request::header);
    return request;
  }

  private HttpResponse<String> send(HttpRequest request) throws IOException {
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
