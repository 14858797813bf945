package dev.drillbook.site.embedded;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The programs that play a store. */
public interface StorePrograms {

  /** For the console and the report, e.g. "Redis 7.0.15 from /usr/bin/redis-server". */
  String describe();

  /** Lets a program, or a script that calls some, find them. */
  default void applyTo(Map<String, String> environment) {}

  /** PostgreSQL's, server and clients of one major version. */
  interface OfPostgres extends StorePrograms {

    /**
     * How one of them is called, e.g. {@code pg_restore}.
     *
     * @throws dev.drillbook.timeline.DrillException if it is not there
     */
    String command(String program);
  }

  /** A MongoDB server's, or what plays it. */
  interface OfMongo extends StorePrograms {

    /** The command that serves the data in {@code folder}, without authentication. */
    List<String> serverCommand(Path folder, int port, String listenAddress);
  }

  /** A Redis server's. */
  interface OfRedis extends StorePrograms {

    /** The command that serves with the settings in {@code file}. */
    List<String> serverCommand(Path file);
  }

  /** What plays S3. */
  interface OfObjectStore extends StorePrograms {

    /**
     * The command that serves.
     *
     * @param accounts the file that says who may use it, read anew with every request
     */
    List<String> serverCommand(Path folder, int port, Path accounts, String listenAddress);
  }
}
