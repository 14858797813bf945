package dhakacart;

import dev.drillbook.site.Postgres;
import dev.drillbook.site.Redis;
import dev.drillbook.timeline.Finding;
import dev.drillbook.verification.Check;
import dev.drillbook.verification.Evidence;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import redis.clients.jedis.Jedis;

/** Whatever is in a cart in Redis is a product in the database. */
public record CartProducts(Redis cache, Postgres database) implements Check {

  public static Check cartsHoldProducts(Redis cache, Postgres database) {
    return new CartProducts(cache, database);
  }

  @Override
  public String name() {
    return "products in carts";
  }

  @Override
  public Examined examine(Evidence evidence) throws SQLException {
    Set<String> products = products();
    List<String> orphans = new ArrayList<>();
    long items = 0;
    try (Jedis redis = cache.connect()) {
      for (String cart : redis.keys(CartStore.PREFIX + "*")) {
        for (String product : redis.hkeys(cart)) {
          items++;
          if (!products.contains(product)) {
            orphans.add(cart + " holds product " + product);
          }
        }
      }
    }
    List<Finding> findings =
        orphans.isEmpty()
            ? List.of()
            : List.of(
                Finding.fail(
                        name(),
                        "every product in a cart is in " + database.name(),
                        orphans.size() + " are not",
                        "both stores must be restored from backups of one moment")
                    .withExamples(orphans));
    return new Examined(items + " products in carts", items, findings);
  }

  private Set<String> products() throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select id::text from products")) {
      Set<String> products = new HashSet<>();
      while (rows.next()) {
        products.add(rows.getString(1));
      }
      return products;
    }
  }
}
