package dhakacart;

import java.io.IOException;
import web.Database;
import web.Service;

/**
 * The shop: an HTTP API over a PostgreSQL database, a process of its own.
 *
 * <p>Environment: {@code DB_HOST}, {@code DB_PORT}, {@code DB_DATABASE}, {@code DB_USER}, {@code
 * DB_PASSWORD}, {@code PORT}; optionally {@code BIND_ADDRESS} (127.0.0.1), {@code CACHE_URL} of the
 * Redis that carts are kept in, and {@code REGISTRY_URL} of the one that says which release is
 * deployed. {@code DATABASE} and {@code CARTS} may name other components than {@code DB} and {@code
 * CACHE}.
 */
public final class Shop {

  private Shop() {}

  public static void main(String[] args) throws IOException {
    Service.run(
        "shop",
        (service, environment) -> {
          String name = environment.optional("DATABASE", "DB");
          Database database = service.database(environment.postgres(name, "dhakacart-shop"));
          ProductStore products = new ProductStore(database);
          service.route("/api/products", new ProductsEndpoint(products));
          service.route("/api/orders", new OrdersEndpoint(new OrderStore(database)));
          String carts = environment.optional(environment.optional("CARTS", "CACHE") + "_URL", "");
          if (!carts.isEmpty()) {
            service.route("/api/carts", new CartsEndpoint(new CartStore(carts), products));
          }
          String registry = environment.optional("REGISTRY_URL", "");
          if (!registry.isEmpty()) {
            Release.deployed(registry).begin(service);
          }
          service.health(products::touch);
        });
  }
}
