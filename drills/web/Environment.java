package web;

import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * Reads what a service is told by its environment, and gathers everything that is wrong with it.
 */
public final class Environment {

  /** The environment does not say what the service needs; the message lists every problem found. */
  public static final class Invalid extends Exception {
    private static final long serialVersionUID = 1L;

    Invalid(List<String> problems) {
      super(String.join(System.lineSeparator(), problems));
    }
  }

  /**
   * A PostgreSQL database.
   *
   * @param url the JDBC address, without credentials
   * @param properties user, password and timeouts for the driver
   */
  public record PostgresAddress(String url, Properties properties) {
    /** Leaves the password out. */
    @Override
    public String toString() {
      return url;
    }
  }

  private final Map<String, String> variables;
  private final List<String> problems = new ArrayList<>();

  public Environment(Map<String, String> variables) {
    this.variables = variables;
  }

  /** The variable's value; empty, and a problem, if it is not set. */
  public String required(String name) {
    String value = variables.getOrDefault(name, "");
    if (value.isBlank()) {
      problems.add(name + " is not set");
    }
    return value;
  }

  public String optional(String name, String otherwise) {
    String value = variables.getOrDefault(name, "");
    return value.isBlank() ? otherwise : value;
  }

  /** BIND_ADDRESS (127.0.0.1) and PORT; port 0 takes any free one. */
  public InetSocketAddress listenAddress() {
    int port = port("PORT", 0);
    InetSocketAddress listen = new InetSocketAddress(optional("BIND_ADDRESS", "127.0.0.1"), port);
    if (listen.isUnresolved()) {
      problems.add("BIND_ADDRESS is not an address of this machine: " + listen.getHostString());
    }
    return listen;
  }

  /**
   * NAME_HOST, NAME_PORT, NAME_DATABASE, NAME_USER and NAME_PASSWORD. The driver waits for ever by
   * default; a service that has lost its database must say so soon.
   *
   * @param application what the server shows it as
   */
  public PostgresAddress postgres(String name, String application) {
    String host = required(name + "_HOST");
    int port = port(name + "_PORT", 1);
    String database = required(name + "_DATABASE");
    Properties properties = new Properties();
    properties.setProperty("user", required(name + "_USER"));
    properties.setProperty("password", required(name + "_PASSWORD"));
    properties.setProperty("ApplicationName", application);
    properties.setProperty("connectTimeout", "1");
    properties.setProperty("loginTimeout", "1");
    properties.setProperty("socketTimeout", "2");
    properties.setProperty("cancelSignalTimeout", "1");
    properties.setProperty("tcpKeepAlive", "true");
    return new PostgresAddress(
        "jdbc:postgresql://%s:%d/%s"
            .formatted(host, port, URLEncoder.encode(database, StandardCharsets.UTF_8)),
        properties);
  }

  public int port(String name, int lowest) {
    String value = required(name);
    if (value.isBlank()) {
      return 0;
    }
    try {
      int port = Integer.parseInt(value);
      if (port >= lowest && port <= 65_535) {
        return port;
      }
    } catch (NumberFormatException e) {
      // Said below, as for a number out of range.
    }
    problems.add("%s is not a port (%d to 65535): %s".formatted(name, lowest, value));
    return 0;
  }

  /**
   * To be called once everything has been read.
   *
   * @throws Invalid if anything was wrong
   */
  public void requireValid() throws Invalid {
    if (!problems.isEmpty()) {
      throw new Invalid(problems);
    }
  }
}
