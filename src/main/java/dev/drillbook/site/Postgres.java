package dev.drillbook.site;

import java.sql.Connection;
import java.sql.SQLException;

/** A PostgreSQL server with the one database that the plan declares. */
public interface Postgres extends Startable, Killable, Pausable, DataHolder {

  /**
   * Makes a new, empty server in place of whatever was there and starts it: the role and the
   * database exist, no table does. It is what a platform gives to somebody who asks for a database,
   * and where a restore begins.
   */
  void provision();

  /** A connection to the database as the application's own role, straight to the server. */
  Connection connect() throws SQLException;

  /**
   * A script from the plan's {@code scripts} folder, run against this database: the PG* variables
   * and BACKUP_DIR are set.
   *
   * @throws dev.drillbook.timeline.DrillException if there is no such script, or it may not be
   *     executed
   */
  Command script(String file, String... arguments);
}
