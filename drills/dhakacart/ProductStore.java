package dhakacart;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import web.Database;
import web.Refused;

/** Products in the database. */
final class ProductStore {
  private final Database database;

  ProductStore(Database database) {
    this.database = database;
  }

  /** The first {@code limit} products by id. */
  List<Product> list(int limit) throws Database.Unavailable, Refused {
    return database.read(
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement(
                  "select id, sku, name, price_cents, stock from products order by id limit ?")) {
            select.setInt(1, limit);
            List<Product> products = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
              while (rows.next()) {
                products.add(
                    new Product(
                        rows.getLong(1),
                        rows.getString(2),
                        rows.getString(3),
                        rows.getLong(4),
                        rows.getInt(5)));
              }
            }
            return products;
          }
        });
  }

  boolean exists(long id) throws Database.Unavailable, Refused {
    return database.read(
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement("select 1 from products where id = ?")) {
            select.setLong(1, id);
            try (ResultSet rows = select.executeQuery()) {
              return rows.next();
            }
          }
        });
  }

  /** Returns if the products can be read; the database must answer, not just accept. */
  void touch() throws Database.Unavailable, Refused {
    boolean unused =
        database.read(
            connection -> {
              try (PreparedStatement select =
                      connection.prepareStatement("select 1 from products limit 1");
                  ResultSet rows = select.executeQuery()) {
                return rows.next();
              }
            });
  }
}
