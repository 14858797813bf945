package dev.drillbook.fault;

import dev.drillbook.site.Postgres;
import dev.drillbook.site.Site;
import dev.drillbook.site.SiteSettings;
import dev.drillbook.site.embedded.EmbeddedSite;
import dev.drillbook.site.embedded.Installations;
import dev.drillbook.site.embedded.TestPlans;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;

/** A real database of customers and their orders, for faults to hit. */
final class FaultSite implements AutoCloseable {
  static final int CUSTOMERS = 200;
  static final int ORDERS = 1_000;
  private static final String SCHEMA =
      """
      create table customers (id int primary key, name text not null, city varchar(40), note varchar,
        code text not null unique check (code ~ '^[0-9]+$'));
      create table orders (
        id int primary key, customer_id int not null references customers, total numeric(10, 2) not null);
      create table t (id bigint primary key);
      insert into customers select g, 'customer ' || g, 'city ' || g %% 7, case when g %% 2 = 0 then 'note ' || g end, g
        from generate_series(1, %d) g;
      insert into orders select g, 1 + g %% %d, g * 1.25 from generate_series(1, %d) g;
      """
          .formatted(CUSTOMERS, CUSTOMERS, ORDERS);

  private final Site site;
  private final Postgres db;

  FaultSite(Path folder) throws IOException {
    this(folder, Optional.empty());
  }

  FaultSite(Path folder, Optional<InetSocketAddress> toxiproxy) throws IOException {
    site =
        EmbeddedSite.create(
            TestPlans.oneDatabase(folder, SCHEMA),
            new SiteSettings(1, 1, toxiproxy),
            Installations.ofThisMachine(System.getenv(), said -> {}));
    db = site.postgres("db");
    site.bringUp();
    makeVisitor();
  }

  /** As it was when it came up; every fault must have been healed. */
  void reset() {
    try (Connection connection = db.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("drop table if exists customers, orders, t cascade");
      statement.execute(SCHEMA);
    } catch (SQLException broken) {
      site.bringUp();
      makeVisitor();
    }
  }

  private void makeVisitor() {
    try (Connection admin = db.administer(db.database());
        Statement statement = admin.createStatement()) {
      statement.execute("create role visitor login password 'visitor'");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  Postgres db() {
    return db;
  }

  Site site() {
    return site;
  }

  Scene scene() {
    return scene(1);
  }

  Scene scene(long seed) {
    return Scene.of(site.undoJournal(), seed, 0);
  }

  /** As the application, straight to the server. */
  long number(String query) throws SQLException {
    try (Connection connection = db.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }

  String text(String query) throws SQLException {
    try (Connection connection = db.administer(db.database());
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getString(1);
    }
  }

  /** What a client sees, through the network: how long one question takes. */
  Duration asAClient() throws SQLException {
    try (Connection connection = client()) {
      long before = System.nanoTime();
      try (Statement statement = connection.createStatement()) {
        statement.execute("select 1");
      }
      return Duration.ofNanos(System.nanoTime() - before);
    }
  }

  Connection client() throws SQLException {
    String direct;
    try (Connection connection = db.administer(db.database())) {
      direct = connection.getMetaData().getURL();
    }
    String url =
        direct.replaceFirst(":\\d+/", ":" + db.clientAddress().getPort() + "/")
            + (direct.contains("?") ? "&" : "?")
            + "connectTimeout=2&loginTimeout=2&socketTimeout=2";
    return DriverManager.getConnection(url, "visitor", "visitor");
  }

  @Override
  public void close() {
    site.close();
  }
}
