package dev.drillbook.demo;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/**
 * What customers do, the same for a seed: orders at any time of day, some of them by new customers.
 * Identities count from one without gaps, as nobody else writes.
 */
final class Trade {
  private static final int LEAST_ORDERS = 18;
  private static final int MORE_ORDERS = 13;
  private static final List<String> WISHES =
      List.of("", "", "gift wrap, please", "ring twice", "leave it with the neighbours");

  private final Random random;
  private final List<Integer> prices = new ArrayList<>();
  private long customers;
  private long orders;

  Trade(long seed, Connection shop) throws SQLException {
    this.random = new Random(seed);
    try (Statement statement = shop.createStatement()) {
      try (ResultSet row = statement.executeQuery("select price_cents from products order by id")) {
        while (row.next()) {
          prices.add(row.getInt(1));
        }
      }
      try (ResultSet row = statement.executeQuery("select count(*) from customers")) {
        row.next();
        customers = row.getLong(1);
      }
    }
  }

  /** What happens after {@code from} and before {@code to}, a day later or so. */
  void trade(Connection shop, Instant from, Instant to) throws SQLException {
    long span = to.getEpochSecond() - from.getEpochSecond();
    int count = LEAST_ORDERS + random.nextInt(MORE_ORDERS);
    List<Instant> times =
        random
            .doubles(count)
            .mapToObj(share -> from.plusSeconds(1 + (long) (share * (span - 1))))
            .sorted()
            .toList();
    try (Batches batches = new Batches(shop)) {
      for (Instant at : times) {
        order(batches, at, to);
      }
      batches.execute();
    }
    try (PreparedStatement day =
        shop.prepareStatement(
            "insert into reports.daily_sales select ?, count(*), coalesce(sum(cents), 0)"
                + " from payments where paid_at > ? and paid_at <= ?")) {
      day.setObject(1, to.atOffset(ZoneOffset.UTC).toLocalDate());
      day.setObject(2, time(from));
      day.setObject(3, time(to));
      day.executeUpdate();
    }
  }

  private void order(Batches batches, Instant at, Instant latest) throws SQLException {
    if (random.nextInt(10) < 3) {
      customers++;
      batches.customers.setString(1, "customer" + customers + "@example.com");
      batches.customers.setString(2, "Customer " + customers);
      batches.customers.setObject(3, time(at));
      batches.customers.addBatch();
    }
    boolean paid = random.nextInt(10) > 0;
    orders++;
    batches.orders.setLong(1, 1 + (long) (random.nextDouble() * customers));
    batches.orders.setString(2, !paid ? "placed" : random.nextBoolean() ? "paid" : "shipped");
    batches.orders.setString(3, WISHES.get(random.nextInt(WISHES.size())));
    batches.orders.setString(4, session());
    batches.orders.setObject(5, time(at));
    batches.orders.addBatch();
    long cents = lines(batches);
    if (paid) {
      Instant after = at.plusSeconds(random.nextInt(600));
      batches.payments.setLong(1, orders);
      batches.payments.setLong(2, cents);
      batches.payments.setObject(3, time(after.isAfter(latest) ? latest : after));
      batches.payments.addBatch();
    }
  }

  private long lines(Batches batches) throws SQLException {
    long cents = 0;
    int count = 1 + random.nextInt(3);
    for (int line = 1; line <= count; line++) {
      int product = random.nextInt(prices.size());
      int quantity = 1 + random.nextInt(4);
      batches.lines.setLong(1, orders);
      batches.lines.setInt(2, line);
      batches.lines.setLong(3, product + 1L);
      batches.lines.setInt(4, quantity);
      batches.lines.setInt(5, prices.get(product));
      batches.lines.addBatch();
      cents += (long) quantity * prices.get(product);
    }
    return cents;
  }

  /** It does not compress: a dump's size is to be about its orders. */
  private String session() {
    byte[] session = new byte[32];
    random.nextBytes(session);
    return HexFormat.of().formatHex(session);
  }

  private static OffsetDateTime time(Instant at) {
    return at.atOffset(ZoneOffset.UTC);
  }

  /** What is inserted together, in the order of the tables' references. */
  private static final class Batches implements AutoCloseable {
    final PreparedStatement customers;
    final PreparedStatement orders;
    final PreparedStatement lines;
    final PreparedStatement payments;

    Batches(Connection shop) throws SQLException {
      customers =
          shop.prepareStatement("insert into customers (email, name, created_at) values (?, ?, ?)");
      orders =
          shop.prepareStatement(
              "insert into orders (customer_id, state, note, session, created_at)"
                  + " values (?, ?::order_state, ?, ?, ?)");
      lines = shop.prepareStatement("insert into order_lines values (?, ?, ?, ?, ?)");
      payments =
          shop.prepareStatement("insert into payments (order_id, cents, paid_at) values (?, ?, ?)");
    }

    void execute() throws SQLException {
      for (PreparedStatement each : List.of(customers, orders, lines, payments)) {
        each.executeBatch();
      }
    }

    @Override
    public void close() throws SQLException {
      for (PreparedStatement each : List.of(customers, orders, lines, payments)) {
        each.close();
      }
    }
  }
}
