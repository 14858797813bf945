package dev.drillbook.plan;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A store, an app or an address of one, as the plan declares it. Which process plays it is the
 * site's business.
 */
public sealed interface ComponentSpec {

  String name();

  /** The fixed port the component must listen on; empty lets the site choose a free one. */
  OptionalInt port();

  /** The components that must be there before it can come up. */
  default List<String> needs() {
    return List.of();
  }

  /**
   * A PostgreSQL server with one database.
   *
   * @param schema a SQL file, relative to the plan, that creates the tables
   * @param seed a SQL file, relative to the plan, that fills them; it sees psql's variable {@code
   *     scale}
   * @param tables what each table must hold after a restore; every table of the database must be
   *     listed
   * @param archive whether it archives its WAL, for base backups and point-in-time recovery
   * @param erasures whose rows were erased on request, and must stay gone after every restore
   */
  record Postgres(
      String name,
      OptionalInt port,
      String database,
      String user,
      String schema,
      Optional<String> seed,
      Map<String, TableSpec> tables,
      boolean archive,
      List<Erasure> erasures)
      implements ComponentSpec {}

  /**
   * A streaming standby of a PostgreSQL server of the plan, which can be promoted.
   *
   * @param of the server that it follows
   */
  record PostgresStandby(String name, OptionalInt port, String of) implements ComponentSpec {
    @Override
    public List<String> needs() {
      return List.of(of);
    }
  }

  /**
   * A MongoDB server with one database.
   *
   * @param seed the command that fills it; empty for none. It is given what an app that needs this
   *     store is given, and SCALE
   * @param collections what each collection must hold after a restore
   */
  record Mongo(
      String name,
      OptionalInt port,
      String database,
      List<String> seed,
      Map<String, TableSpec> collections)
      implements ComponentSpec {}

  /**
   * A Redis server, with a password.
   *
   * @param persistence what it writes to disk
   * @param seed as for {@link Mongo}
   */
  record Redis(String name, OptionalInt port, Persistence persistence, List<String> seed)
      implements ComponentSpec {}

  /** What a Redis server keeps over its death. */
  enum Persistence {
    /** Nothing: a cache. */
    NONE,
    /** A file of all keys, written from time to time and when somebody saves. */
    RDB,
    /** Every write, synced before it is acknowledged. */
    AOF
  }

  /**
   * An S3 object store.
   *
   * @param buckets by name, and whether each keeps the older versions of its objects
   * @param users who may use it besides its owner, who may do everything; each has keys of its own
   * @param seed as for {@link Mongo}
   */
  record ObjectStore(
      String name,
      OptionalInt port,
      Map<String, Boolean> buckets,
      List<String> users,
      List<String> seed)
      implements ComponentSpec {}

  /**
   * An application process that serves HTTP.
   *
   * @param command the program and its arguments; {@code {java}} and {@code {classpath}} stand for
   *     those of the running JVM; empty where a service of a Compose file says what runs
   * @param health the path whose 200 means that the app and what it needs are well
   * @param needs the components whose addresses and credentials it is given in its environment, as
   *     NAME_HOST, NAME_PORT and what else there is to know (NAME in upper case): NAME_DATABASE,
   *     NAME_USER, NAME_PASSWORD, NAME_URL, NAME_ACCESS_KEY, NAME_SECRET_KEY; it listens on PORT.
   *     Of an address it is given where that is, and what else there is to know of where it leads
   * @param environment what else it finds in its environment; no secret, since plans are not
   */
  record App(
      String name,
      OptionalInt port,
      List<String> command,
      String health,
      List<String> needs,
      Map<String, String> environment)
      implements ComponentSpec {}

  /**
   * A name that clients use for another component, as a DNS record or a virtual IP is one.
   *
   * @param of the component that it leads to at first
   */
  record Address(String name, OptionalInt port, String of) implements ComponentSpec {
    @Override
    public List<String> needs() {
      return List.of(of);
    }
  }

  /**
   * What a table, or a collection, must hold.
   *
   * @param minimumRows a restore that brings back fewer is a failure
   * @param mayBeEmpty whether no row at all is legitimate; otherwise an empty table proves nothing
   */
  record TableSpec(long minimumRows, boolean mayBeEmpty) {}

  /**
   * Rows that somebody asked to be erased.
   *
   * @param where the text of each column by which a row is one of them; never empty
   */
  record Erasure(String table, Map<String, String> where) {}
}
