package dev.drillbook.plan;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** A store or an app, as the plan declares it. Which process plays it is the site's business. */
public sealed interface ComponentSpec {

  String name();

  /** The fixed port the component must listen on; empty lets the site choose a free one. */
  OptionalInt port();

  /**
   * A PostgreSQL server with one database.
   *
   * @param schema a SQL file, relative to the plan, that creates the tables
   * @param seed a SQL file, relative to the plan, that fills them; it sees psql's variable {@code
   *     scale}
   * @param tables what each table must hold after a restore; every table of the database must be
   *     listed
   */
  record Postgres(
      String name,
      OptionalInt port,
      String database,
      String user,
      String schema,
      Optional<String> seed,
      Map<String, TableSpec> tables)
      implements ComponentSpec {}

  /** A Redis server. */
  record Redis(String name, OptionalInt port) implements ComponentSpec {}

  /**
   * An application process that serves HTTP.
   *
   * @param command the program and its arguments; {@code {java}} and {@code {classpath}} stand for
   *     those of the running JVM
   * @param health the path whose 200 means that the app and what it needs are well
   * @param needs the components whose addresses and credentials it is given, as NAME_HOST,
   *     NAME_PORT, NAME_DATABASE, NAME_USER and NAME_PASSWORD in its environment (NAME in upper
   *     case); it listens on PORT
   */
  record App(String name, OptionalInt port, List<String> command, String health, List<String> needs)
      implements ComponentSpec {}

  /**
   * @param minimumRows a restore that brings back fewer is a failure
   * @param mayBeEmpty whether no row at all is legitimate; otherwise an empty table proves nothing
   */
  record TableSpec(long minimumRows, boolean mayBeEmpty) {}
}
