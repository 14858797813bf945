package dev.drillbook.demo;

import dev.drillbook.site.Postgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The shop's database, and what can be wrong with what is in it. */
record Shop(Postgres db) {
  /** Takes every second order away, with all that belongs to it. */
  static final String HALVED =
      """
      delete from payments where order_id % 2 = 0;
      delete from orders where id % 2 = 0;
      """;

  /** Takes products away that lines refer to. */
  static final String DANGLING =
      """
      alter table order_lines drop constraint order_lines_product_id_fkey;
      delete from products where id <= 5;
      """;

  /** One customer has another name; everything about it is possible. */
  static final String ALTERED =
      "update customers set name = name || '.' where id = (select min(id) from customers)";

  /** The next order would get an id that there is. */
  static final String BEHIND = "select setval('orders_id_seq', 10)";

  private static final String SOUND = "shop_sound";

  /** Takes a backup. */
  interface Backup {
    byte[] take() throws IOException;
  }

  /** Runs SQL as a superuser. */
  void administer(String sql) throws SQLException {
    try (Connection admin = db.administer(db.database());
        Statement statement = admin.createStatement()) {
      statement.execute(sql);
    }
  }

  String version() throws SQLException {
    try (Connection shop = db.connect();
        Statement statement = shop.createStatement();
        ResultSet row = statement.executeQuery("show server_version")) {
      row.next();
      return row.getString(1);
    }
  }

  /** Keeps the database as it is, for {@link #spoilt}. Nobody else may be connected. */
  void keepSound() throws SQLException {
    copy(db.database(), SOUND);
  }

  /** A backup of the database after {@code sql} was run on it, which is then undone. */
  byte[] spoilt(String sql, Backup backup) throws SQLException, IOException {
    try (Connection shop = db.connect();
        Statement statement = shop.createStatement()) {
      statement.execute(sql);
    }
    byte[] taken = backup.take();
    copy(SOUND, db.database());
    return taken;
  }

  private void copy(String from, String to) throws SQLException {
    try (Connection admin = db.administer("postgres");
        Statement statement = admin.createStatement()) {
      statement.execute("drop database if exists " + to + "");
      statement.execute("create database " + to + " template " + from + " owner " + db.role());
    }
  }
}
