package qrgenerator;

import dev.drillbook.workload.RefusedException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import web.ApiClient;

/** The API as somebody with a key uses it. */
final class QrClient {

  private final ApiClient api;

  QrClient(Supplier<URI> address, Supplier<String> key) {
    this.api = new ApiClient(address, () -> Map.of("Authorization", "Bearer " + key.get()));
  }

  void create(String slug, String target, Duration timeout) throws IOException, RefusedException {
    String body = "{\"slug\":\"%s\",\"target\":\"%s\"}".formatted(slug, target);
    api.write("POST", "/api/qrcodes", body, 201, timeout);
  }

  void scan(String slug, Duration timeout) throws IOException, RefusedException {
    String body = "{\"ref\":\"scan-of-%s\"}".formatted(slug);
    api.write("POST", "/api/qrcodes/" + slug + "/scan", body, 200, timeout);
  }

  /** The code as {@code target|scans}; empty if there is none of that slug. */
  Optional<String> find(String slug, Duration timeout) throws IOException {
    return api.find(
        "/api/qrcodes/" + slug,
        timeout,
        code -> code.get("target").asText() + "|" + code.get("scans").asLong());
  }

  /** The status that a request with this key is answered with. */
  int status(Duration timeout) throws IOException {
    return api.get("/api/qrcodes/seed-000001", timeout).statusCode();
  }
}
