package dhakacart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drillbook.site.App;
import dev.drillbook.workload.RefusedException;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The shop's API as its customers use it. */
final class ShopClient {
  private static final Duration CATALOGUE_WITHIN = Duration.ofSeconds(5);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final App shop;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();
  private Map<Long, Long> prices = Map.of();

  ShopClient(App shop) {
    this.shop = shop;
  }

  /** Prices in cents by product, as first listed. */
  synchronized Map<Long, Long> prices() {
    if (prices.isEmpty()) {
      try {
        HttpResponse<String> answer = send(get("/api/products?limit=100", CATALOGUE_WITHIN));
        if (answer.statusCode() != 200) {
          throw new IOException("status " + answer.statusCode() + ": " + answer.body());
        }
        Map<Long, Long> listed = new TreeMap<>();
        for (JsonNode product : JSON.readTree(answer.body())) {
          listed.put(product.get("id").asLong(), product.get("priceCents").asLong());
        }
        prices = listed;
      } catch (IOException e) {
        throw new IllegalStateException("the shop does not list its products", e);
      }
    }
    return prices;
  }

  /** Places an order; {@code itemsJson} is the array of its lines. */
  void place(String ref, long customer, String itemsJson, Duration timeout)
      throws IOException, RefusedException {
    String body =
        "{\"ref\":\"%s\",\"customerId\":%d,\"items\":%s}".formatted(ref, customer, itemsJson);
    write(post("/api/orders", body, timeout), 201);
  }

  void cancel(String ref, Duration timeout) throws IOException, RefusedException {
    write(post("/api/orders/" + ref + "/cancel", "", timeout), 200);
  }

  /** The order as {@code status|total|lines}; empty if the shop knows none of that reference. */
  Optional<String> find(String ref, Duration timeout) throws IOException {
    HttpResponse<String> answer = send(get("/api/orders/" + ref, timeout));
    if (answer.statusCode() == 404) {
      return Optional.empty();
    }
    if (answer.statusCode() != 200) {
      throw new IOException("status " + answer.statusCode() + ": " + answer.body());
    }
    JsonNode order = JSON.readTree(answer.body());
    return Optional.of(
        order.get("status").asText()
            + "|"
            + order.get("totalCents").asLong()
            + "|"
            + order.get("items").asInt());
  }

  /**
   * 503 means that nothing was changed, and 4xx that the shop said no; anything else is uncertain.
   */
  private void write(HttpRequest request, int done) throws IOException, RefusedException {
    HttpResponse<String> answer = send(request);
    int status = answer.statusCode();
    if (status == 503 || (status >= 400 && status < 500)) {
      throw new RefusedException("status " + status + ": " + answer.body());
    }
    if (status != done) {
      throw new IOException("status " + status + ": " + answer.body());
    }
  }

  private HttpResponse<String> send(HttpRequest request) throws IOException {
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private HttpRequest get(String path, Duration timeout) {
    return HttpRequest.newBuilder(shop.address().resolve(path)).timeout(timeout).build();
  }

  private HttpRequest post(String path, String body, Duration timeout) {
    return HttpRequest.newBuilder(shop.address().resolve(path))
        .timeout(timeout)
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
  }
}
