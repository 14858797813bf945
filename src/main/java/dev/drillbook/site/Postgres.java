package dev.drillbook.site;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * A PostgreSQL server with the one database that the plan declares. Newly provisioned, it has the
 * role and the database, and no table. Scripts find the PG* variables.
 */
public interface Postgres extends Store {

  /** A connection to the database as the application's own role, straight to the server. */
  Connection connect() throws SQLException;

  /**
   * A connection as a superuser, straight to the server.
   *
   * @param database the plan's, or {@code postgres}, which is always there
   */
  Connection administer(String database) throws SQLException;

  /** The name of the database. */
  String database();

  /** The application's own role, which owns the database. */
  String role();
}
