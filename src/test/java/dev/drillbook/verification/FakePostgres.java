package dev.drillbook.verification;

import dev.drillbook.site.Postgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** A server that nobody can reach; for checks that look at images of databases only. */
final class FakePostgres {

  static Postgres make() {
    return Fake.of(Postgres.class, new FakePostgres());
  }

  public String name() {
    return "db";
  }

  public String database() {
    return "nothing";
  }

  public String role() {
    return "nobody";
  }

  public Connection connect() throws SQLException {
    return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:1/nothing");
  }

  public Connection administer(String database) throws SQLException {
    return connect();
  }
}
