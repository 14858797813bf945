package dhakacart;

import dev.drillbook.site.App;
import dev.drillbook.site.Postgres;
import dev.drillbook.workload.Contents;
import dev.drillbook.workload.Operation;
import dev.drillbook.workload.Workload;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import web.MadeThenChanged;

/**
 * Customers who place orders of one to three lines, and cancel every fifth of them, through the
 * shop's API. An order stands in the ledger as {@code status|total in cents|number of lines}.
 */
public final class Orders extends MadeThenChanged {
  private static final int CANCEL_EVERY = 5;
  private static final int CUSTOMERS = 100;

  private final ShopClient shop;
  private final Postgres database;

  Orders(Supplier<URI> shop, Postgres database) {
    super("order", CANCEL_EVERY);
    this.shop = new ShopClient(shop);
    this.database = database;
  }

  /** Orders through {@code shop}, which are looked up in {@code database} when all is over. */
  public static Workload orders(App shop, Postgres database) {
    return orders(shop::address, database);
  }

  /** The same through a service address. */
  public static Workload orders(Supplier<URI> shop, Postgres database) {
    return new Orders(shop, database);
  }

  @Override
  public String name() {
    return "orders";
  }

  @Override
  public Operation insert(String tag) {
    String ref = PREFIX + tag;
    List<Long> products = List.copyOf(shop.prices().keySet());
    ThreadLocalRandom random = ThreadLocalRandom.current();
    int lines = random.nextInt(1, 4);
    int first = random.nextInt(products.size());
    StringBuilder items = new StringBuilder("[");
    long totalCents = 0;
    for (int line = 0; line < lines; line++) {
      long product = products.get((first + line) % products.size());
      int quantity = random.nextInt(1, 10);
      totalCents += quantity * shop.prices().get(product);
      items.append(line == 0 ? "" : ",");
      items.append("{\"productId\":%d,\"quantity\":%d}".formatted(product, quantity));
    }
    String body = items.append("]").toString();
    long customer = random.nextInt(1, CUSTOMERS + 1);
    return new Operation(
        Operation.Kind.INSERT,
        ref,
        "placed|" + totalCents + "|" + lines,
        timeout -> shop.place(ref, customer, body, timeout));
  }

  @Override
  protected Operation change(Operation placed) {
    return new Operation(
        Operation.Kind.UPDATE,
        placed.key(),
        placed.value().replace("placed", "cancelled"),
        timeout -> shop.cancel(placed.key(), timeout));
  }

  @Override
  public Optional<String> read(String key, Duration timeout) throws Exception {
    return shop.find(key, timeout);
  }

  /**
   * The total is added up from the lines: an order whose lines are not all there does not look
   * whole.
   */
  @Override
  public void contents(Contents sink) throws SQLException {
    try (Connection connection = database.connect()) {
      sink.rows(
          connection,
          "select o.ref, o.status || '|' || coalesce(sum(i.quantity * i.price_cents), 0)"
              + " || '|' || count(i.id) || case when o.total_cents"
              + " = coalesce(sum(i.quantity * i.price_cents), 0) then ''"
              + " else ' but its total is ' || o.total_cents end"
              + " from orders o left join order_items i on i.order_id = o.id"
              + " where o.ref like 'drill-%' group by o.id order by o.id");
    }
  }
}
