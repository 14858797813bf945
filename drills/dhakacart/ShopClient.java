package dhakacart;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drillbook.workload.RefusedException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import web.ApiClient;

/** The shop's API as its customers use it. */
final class ShopClient {
  private static final Duration CATALOGUE_WITHIN = Duration.ofSeconds(20);

  private final ApiClient api;
  private Map<Long, Long> prices = Map.of();

  ShopClient(Supplier<URI> shop) {
    this.api = new ApiClient(shop);
  }

  /** Prices in cents by product, as first listed. */
  synchronized Map<Long, Long> prices() {
    if (prices.isEmpty()) {
      try {
        prices =
            api.find("/api/products?limit=100", CATALOGUE_WITHIN, ShopClient::pricesIn)
                .orElseThrow(() -> new IOException("there is no such page"));
      } catch (IOException e) {
        throw new IllegalStateException("the shop does not list its products", e);
      }
    }
    return prices;
  }

  private static Map<Long, Long> pricesIn(JsonNode products) {
    Map<Long, Long> prices = new TreeMap<>();
    products.forEach(
        product -> prices.put(product.get("id").asLong(), product.get("priceCents").asLong()));
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
    return api.find(
        "/api/orders/" + ref,
        timeout,
        order ->
            order.get("status").asText()
                + "|"
                + order.get("totalCents").asLong()
                + "|"
                + order.get("items").asInt());
  }

  void fillCart(String cart, long product, int quantity, Duration timeout)
      throws IOException, RefusedException {
    String path = "/api/carts/%s?product=%d&quantity=%d".formatted(cart, product, quantity);
    api.write("PUT", path, "", 200, timeout);
  }

  /**
   * What is in a cart as {@code product x quantity}, by product; empty if there is no such cart.
   */
  Optional<String> findCart(String cart, Duration timeout) throws IOException {
    return api.find("/api/carts/" + cart, timeout, items -> cart(quantities(items)));
  }

  private static Map<String, String> quantities(JsonNode items) {
    Map<String, String> quantities = new TreeMap<>();
    items.properties().forEach(item -> quantities.put(item.getKey(), item.getValue().asText()));
    return quantities;
  }

  /** A cart as the ledger has it. */
  static String cart(Map<String, String> quantities) {
    return quantities.entrySet().stream()
        .map(item -> item.getKey() + " x " + item.getValue())
        .sorted()
        .collect(Collectors.joining(", "));
  }
}
