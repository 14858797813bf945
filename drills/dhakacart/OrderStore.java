package dhakacart;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import web.Database;
import web.Refused;

/** Orders in the database. */
final class OrderStore {
  private static final String FOREIGN_KEY_VIOLATION = "23503";

  private final Database database;

  OrderStore(Database database) {
    this.database = database;
  }

  /**
   * Places an order with its items in one transaction.
   *
   * @throws Refused with 409 if the reference is taken, with 422 if the customer or a product is
   *     unknown
   */
  Order place(OrderRequest request) throws Database.Unavailable, Database.OutcomeUnknown, Refused {
    return database.transact(connection -> place(connection, request));
  }

  /** Empty if there is no such order. */
  Optional<Order> find(String ref) throws Database.Unavailable, Refused {
    return database.read(connection -> find(connection, ref));
  }

  /**
   * Cancels a placed order.
   *
   * @throws Refused with 404 if there is no such order, with 409 if it is cancelled already
   */
  Order cancel(String ref) throws Database.Unavailable, Database.OutcomeUnknown, Refused {
    return database.transact(connection -> cancel(connection, ref));
  }

  private static Order place(Connection connection, OrderRequest request)
      throws SQLException, Refused {
    Map<Long, Long> prices = prices(connection, request.items());
    long totalCents = 0;
    for (OrderRequest.Item item : request.items()) {
      Long priceCents = prices.get(item.productId());
      if (priceCents == null) {
        throw new Refused(422, "unknown product: " + item.productId());
      }
      totalCents = Math.addExact(totalCents, Math.multiplyExact(priceCents, item.quantity()));
    }
    long orderId = insertOrder(connection, request, totalCents);
    insertItems(connection, orderId, request.items(), prices);
    return new Order(request.ref(), "placed", totalCents, request.items().size());
  }

  private static Map<Long, Long> prices(Connection connection, List<OrderRequest.Item> items)
      throws SQLException {
    Long[] ids = items.stream().map(OrderRequest.Item::productId).toArray(Long[]::new);
    try (PreparedStatement select =
        connection.prepareStatement("select id, price_cents from products where id = any (?)")) {
      select.setArray(1, connection.createArrayOf("bigint", ids));
      Map<Long, Long> prices = new HashMap<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          prices.put(rows.getLong(1), rows.getLong(2));
        }
      }
      return prices;
    }
  }

  private static long insertOrder(Connection connection, OrderRequest request, long totalCents)
      throws SQLException, Refused {
    // "on conflict" waits for a rival's commit and then yields no row; so a reference counts as
    // taken only by an order that is really there.
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into orders (ref, customer_id, total_cents) values (?, ?, ?)"
                + " on conflict (ref) do nothing returning id")) {
      insert.setString(1, request.ref());
      insert.setLong(2, request.customerId());
      insert.setLong(3, totalCents);
      try (ResultSet rows = insert.executeQuery()) {
        if (!rows.next()) {
          throw new Refused(409, "an order with this ref exists: " + request.ref());
        }
        return rows.getLong(1);
      }
    } catch (SQLException e) {
      if (FOREIGN_KEY_VIOLATION.equals(e.getSQLState())) {
        throw new Refused(422, "unknown customer: " + request.customerId());
      }
      throw e;
    }
  }

  private static void insertItems(
      Connection connection, long orderId, List<OrderRequest.Item> items, Map<Long, Long> prices)
      throws SQLException {
    Long[] products = items.stream().map(OrderRequest.Item::productId).toArray(Long[]::new);
    Integer[] quantities = items.stream().map(OrderRequest.Item::quantity).toArray(Integer[]::new);
    Long[] priceCents = items.stream().map(i -> prices.get(i.productId())).toArray(Long[]::new);
    // One statement for all lines: a round trip per line would show in the latency.
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into order_items (order_id, product_id, quantity, price_cents)"
                + " select ?, * from unnest(?::bigint[], ?::integer[], ?::bigint[])")) {
      insert.setLong(1, orderId);
      insert.setArray(2, connection.createArrayOf("bigint", products));
      insert.setArray(3, connection.createArrayOf("integer", quantities));
      insert.setArray(4, connection.createArrayOf("bigint", priceCents));
      insert.executeUpdate();
    }
  }

  private static Optional<Order> find(Connection connection, String ref) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "select status, total_cents,"
                + " (select count(*) from order_items where order_id = orders.id)"
                + " from orders where ref = ?")) {
      select.setString(1, ref);
      try (ResultSet rows = select.executeQuery()) {
        return rows.next()
            ? Optional.of(new Order(ref, rows.getString(1), rows.getLong(2), rows.getInt(3)))
            : Optional.empty();
      }
    }
  }

  private static Order cancel(Connection connection, String ref) throws SQLException, Refused {
    // The condition on the status makes two cancellations at once one success and one refusal.
    int changed;
    try (PreparedStatement update =
        connection.prepareStatement(
            "update orders set status = 'cancelled' where ref = ? and status = 'placed'")) {
      update.setString(1, ref);
      changed = update.executeUpdate();
    }
    Order order =
        find(connection, ref).orElseThrow(() -> new Refused(404, "no order with ref " + ref));
    if (changed == 0) {
      throw new Refused(409, "already cancelled: " + ref);
    }
    return order;
  }
}
