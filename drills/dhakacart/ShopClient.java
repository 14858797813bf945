package dhakacart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drillbook.site.App;
import dev.drillbook.workload.RefusedException;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import web.ApiClient;

/** The shop's API as its customers use it. */
final class ShopClient {
  private static final Duration CATALOGUE_WITHIN = Duration.ofSeconds(5);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ApiClient api;
  private Map<Long, Long> prices = Map.of();

  ShopClient(App shop) {
    this.api = new ApiClient(shop::address);
  }

  /** Prices in cents by product, as first listed. */
  synchronized Map<Long, Long> prices() {
    if (prices.isEmpty()) {
      try {
        HttpResponse<String> answer = api.get("/api/products?limit=100", CATALOGUE_WITHIN);
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
    api.write("POST", "/api/orders", body, 201, timeout);
  }

  void cancel(String ref, Duration timeout) throws IOException, RefusedException {
    api.write("POST", "/api/orders/" + ref + "/cancel", "", 200, timeout);
  }

  /** The order as {@code status|total|lines}; empty if the shop knows none of that reference. */
  Optional<String> find(String ref, Duration timeout) throws IOException {
    HttpResponse<String> answer = api.get("/api/orders/" + ref, timeout);
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
}
