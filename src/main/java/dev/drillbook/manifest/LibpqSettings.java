package dev.drillbook.manifest;

import dev.drillbook.snapshot.Connector;
import dev.drillbook.timeline.DrillException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Consumer;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The database that PostgreSQL's own programs would take from the environment, by the variables of
 * libpq ("Environment Variables" in PostgreSQL's manual): PGHOST, PGPORT, PGDATABASE, PGUSER,
 * PGPASSWORD, PGSSLMODE, PGSSLROOTCERT, PGSSLCERT, PGSSLKEY; the password also from PGPASSFILE or
 * ~/.pgpass. Other than libpq's, the host is localhost without PGHOST: Java's driver knows no
 * sockets in the file system.
 */
public final class LibpqSettings implements Connector {
  private final PGSimpleDataSource source = new PGSimpleDataSource();

  /**
   * @param environment of the command that takes the backup
   * @throws DrillException if a variable holds what cannot be
   */
  public LibpqSettings(Map<String, String> environment) {
    String host = environment.getOrDefault("PGHOST", "localhost");
    if (host.startsWith("/") || host.startsWith("@")) {
      throw new DrillException(
          "PGHOST is " + host + ", a folder of sockets, which Java's driver cannot connect to",
          "set PGHOST=localhost for drillbook manifest; the server must listen there, and let the role in");
    }
    source.setServerNames(host.split(","));
    int[] ports = ports(environment.getOrDefault("PGPORT", "5432"));
    source.setPortNumbers(
        ports.length == 1 ? repeated(ports[0], source.getServerNames().length) : ports);
    String user = environment.getOrDefault("PGUSER", System.getProperty("user.name"));
    source.setUser(user);
    source.setDatabaseName(environment.getOrDefault("PGDATABASE", user));
    setIfThere(environment, "PGPASSWORD", source::setPassword);
    setIfThere(environment, "PGSSLMODE", source::setSslmode);
    setIfThere(environment, "PGSSLROOTCERT", source::setSslRootCert);
    setIfThere(environment, "PGSSLCERT", source::setSslCert);
    setIfThere(environment, "PGSSLKEY", source::setSslKey);
    source.setApplicationName("drillbook manifest");
  }

  private static void setIfThere(
      Map<String, String> environment, String variable, Consumer<String> setting) {
    if (environment.containsKey(variable)) {
      setting.accept(environment.get(variable));
    }
  }

  private static int[] repeated(int port, int times) {
    int[] ports = new int[times];
    Arrays.fill(ports, port);
    return ports;
  }

  private static int[] ports(String text) {
    try {
      return Arrays.stream(text.split(",")).mapToInt(Integer::parseInt).toArray();
    } catch (NumberFormatException e) {
      throw new DrillException("PGPORT is " + text + ", no number", "set the server's port", e);
    }
  }

  /** What it is called in messages, without secrets. */
  public String name() {
    return "database "
        + database()
        + " on "
        + String.join(",", source.getServerNames())
        + ":"
        + source.getPortNumbers()[0];
  }

  public String database() {
    return source.getDatabaseName();
  }

  @Override
  public Connection connect() throws SQLException {
    return source.getConnection();
  }
}
