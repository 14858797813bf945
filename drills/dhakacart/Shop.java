package dhakacart;

import java.io.IOException;
import web.Database;
import web.Service;

/**
 * The shop: an HTTP API over a PostgreSQL database, a process of its own.
 *
 * <p>Environment: {@code DB_HOST}, {@code DB_PORT}, {@code DB_DATABASE}, {@code DB_USER}, {@code
 * DB_PASSWORD}, {@code PORT}; optionally {@code BIND_ADDRESS} (127.0.0.1).
 */
public final class Shop {

  private Shop() {}

  public static void main(String[] args) throws IOException {
    Service.run(
        "shop",
        (service, environment) -> {
          Database database = service.database(environment.postgres("DB", "dhakacart-shop"));
          ProductStore products = new ProductStore(database);
          service.route("/api/products", new ProductsEndpoint(products));
          service.route("/api/orders", new OrdersEndpoint(new OrderStore(database)));
          service.health(products::touch);
        });
  }
}
