package dev.drillbook.site;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;

/**
 * A PostgreSQL server with the one database that the plan declares. Newly provisioned, it has the
 * role and the database, and no table. Scripts find the PG* variables, PGDATA among them; where it
 * archives its WAL also WAL_ARCHIVE, the folder, and REPLICATION_USER and REPLICATION_PASSWORD, for
 * {@code pg_basebackup}. A server that is provisioned anew archives to a folder of its own; that of
 * the one before it stays, as PREVIOUS_WAL_ARCHIVE.
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

  /**
   * Gives the application's own role a new password. Scripts, and apps from their next start on,
   * are given it; sessions that are open stay open.
   *
   * @throws dev.drillbook.timeline.DrillException if the server does not answer
   */
  void rotatePassword();

  /**
   * Whether somebody gets in as the application's role with a password that has been replaced.
   *
   * @throws SQLException if nobody can tell: the server does not answer
   */
  boolean admitsReplacedPasswords() throws SQLException;

  /**
   * The roles that a newly provisioned server has, besides PostgreSQL's predefined ones ({@code
   * pg_*}): its administrator, the application's own, and that of its standbys and base backups.
   */
  Set<String> knownRoles();

  /**
   * The folder that the WAL of the server that was provisioned last is archived in.
   *
   * @throws dev.drillbook.timeline.DrillException if the plan does not say {@code archive: true}
   */
  Path walArchive();

  /** Its data directory, for a restore that replaces it as a whole. */
  DataDirectory dataDirectory();
}
