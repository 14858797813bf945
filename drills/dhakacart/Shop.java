package dhakacart;

import java.io.IOException;
import java.net.BindException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The shop: an HTTP API over a PostgreSQL database, a process of its own.
 *
 * <p>Environment: {@code DB_HOST}, {@code DB_PORT}, {@code DB_DATABASE}, {@code DB_USER}, {@code
 * DB_PASSWORD}, {@code PORT}; optionally {@code BIND_ADDRESS} (127.0.0.1). It starts whether or not
 * the database is there, answers 503 while it is not, and needs no restart when it is back. Exit
 * status: 2 for a wrong environment, 3 if the address cannot be bound.
 */
public final class Shop {
  private static final int EXIT_ENVIRONMENT = 2;
  private static final int EXIT_ADDRESS = 3;
  private static final int REQUEST_THREADS = 32;
  private static final int HEALTH_THREADS = 4;
  private static final Duration LONGEST_STOP = Duration.ofSeconds(2);

  private Shop() {}

  public static void main(String[] args) throws IOException {
    ShopConfig config;
    try {
      config = ShopConfig.from(System.getenv());
    } catch (ShopConfig.Invalid e) {
      System.err.println(e.getMessage());
      System.err.println(
          "hint: the shop is configured by its environment; set these and start it again");
      System.exit(EXIT_ENVIRONMENT);
      return;
    }
    try {
      run(config);
    } catch (BindException e) {
      System.err.printf("cannot listen on %s: %s%n", config.listen(), e.getMessage());
      System.err.println("hint: stop what uses the port (another shop?) or choose another PORT");
      System.exit(EXIT_ADDRESS);
    }
  }

  private static void run(ShopConfig config) throws IOException {
    ConnectionPool pool =
        new ConnectionPool(
            new org.postgresql.Driver(), config.databaseUrl(), config.databaseProperties());
    Database database = new Database(pool);
    ProductStore products = new ProductStore(database);
    ExecutorService requests = Executors.newFixedThreadPool(REQUEST_THREADS);
    ExecutorService health = Executors.newFixedThreadPool(HEALTH_THREADS);

    HttpFront front = new HttpFront(config.listen(), requests);
    front.route("/api/products", new ProductsEndpoint(products));
    front.route("/api/orders", new OrdersEndpoint(new OrderStore(database)));
    front.route("/health", new HealthEndpoint(products, health));
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  front.stop(LONGEST_STOP);
                  requests.shutdownNow();
                  health.shutdownNow();
                  pool.close();
                  System.out.println("shop stopped");
                }));
    front.start();
    System.out.printf(
        "shop listening on http://%s:%d%n",
        front.address().getHostString(), front.address().getPort());
  }
}
