package dhakacart;

import dev.drillbook.site.Postgres;
import dev.drillbook.site.Redis;
import dev.drillbook.workload.Contents;
import dev.drillbook.workload.Operation;
import dev.drillbook.workload.Workload;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import redis.clients.jedis.Jedis;

/**
 * Customers who place {@link Orders}, and others who put a product into a new cart, every third
 * time. One ledger for both: what is restored in the database and in Redis must be of one moment. A
 * cart stands in it as {@code product x quantity}.
 */
public final class OrdersAndCarts implements Workload {
  private static final int CART_EVERY = 3;
  private static final String REF_PREFIX = "drill-cart-";

  private final Orders orders;
  private final ShopClient shop;
  private final Redis cache;

  private OrdersAndCarts(Supplier<URI> shop, Postgres database, Redis cache) {
    this.orders = new Orders(shop, database);
    this.shop = new ShopClient(shop);
    this.cache = cache;
  }

  /** Through {@code shop}; looked up in {@code database} and {@code cache} when all is over. */
  public static Workload ordersAndCarts(Supplier<URI> shop, Postgres database, Redis cache) {
    return new OrdersAndCarts(shop, database, cache);
  }

  @Override
  public String name() {
    return "orders and carts";
  }

  @Override
  public Operation next(long sequence) {
    return sequence % CART_EVERY == 0 ? fillCart(sequence) : orders.next(sequence);
  }

  private Operation fillCart(long sequence) {
    String cart = REF_PREFIX + sequence;
    ThreadLocalRandom random = ThreadLocalRandom.current();
    long product = 1L + random.nextInt(shop.prices().size());
    int quantity = random.nextInt(1, 10);
    return new Operation(
        Operation.Kind.INSERT,
        cart,
        product + " x " + quantity,
        timeout -> shop.fillCart(cart, product, quantity, timeout));
  }

  @Override
  public Operation insert(String tag) {
    return orders.insert(tag);
  }

  @Override
  public void acknowledged(Operation operation) {
    orders.acknowledged(operation);
  }

  @Override
  public Optional<String> read(String key, Duration timeout) throws Exception {
    return key.startsWith(REF_PREFIX) ? shop.findCart(key, timeout) : orders.read(key, timeout);
  }

  @Override
  public void contents(Contents sink) throws Exception {
    orders.contents(sink);
    try (Jedis redis = cache.connect()) {
      for (String key : redis.keys(CartStore.PREFIX + REF_PREFIX + "*")) {
        sink.row(key.substring(CartStore.PREFIX.length()), ShopClient.cart(redis.hgetAll(key)));
      }
    }
  }
}
