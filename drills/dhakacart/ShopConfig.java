package dhakacart;

import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * Where the shop listens and which database it uses, read from the environment.
 *
 * @param listen the address of the HTTP server; port 0 takes any free port
 * @param databaseUrl the JDBC address, without credentials
 * @param databaseProperties user, password and timeouts for the driver
 */
record ShopConfig(InetSocketAddress listen, String databaseUrl, Properties databaseProperties) {

  /** The environment does not say what the shop needs; the message lists every problem found. */
  static final class Invalid extends Exception {
    private static final long serialVersionUID = 1L;

    Invalid(List<String> problems) {
      super(String.join(System.lineSeparator(), problems));
    }
  }

  static ShopConfig from(Map<String, String> environment) throws Invalid {
    List<String> problems = new ArrayList<>();
    String host = required("DB_HOST", environment, problems);
    int databasePort = port("DB_PORT", 1, environment, problems);
    String database = required("DB_DATABASE", environment, problems);
    String user = required("DB_USER", environment, problems);
    String password = required("DB_PASSWORD", environment, problems);
    int port = port("PORT", 0, environment, problems);
    InetSocketAddress listen =
        new InetSocketAddress(environment.getOrDefault("BIND_ADDRESS", "127.0.0.1"), port);
    if (listen.isUnresolved()) {
      problems.add("BIND_ADDRESS is not an address of this machine: " + listen.getHostString());
    }
    if (!problems.isEmpty()) {
      throw new Invalid(problems);
    }
    String url =
        "jdbc:postgresql://%s:%d/%s"
            .formatted(host, databasePort, URLEncoder.encode(database, StandardCharsets.UTF_8));
    return new ShopConfig(listen, url, driverProperties(user, password));
  }

  /** The driver waits for ever by default; a shop that has lost its database must say so soon. */
  private static Properties driverProperties(String user, String password) {
    Properties properties = new Properties();
    properties.setProperty("user", user);
    properties.setProperty("password", password);
    properties.setProperty("ApplicationName", "dhakacart-shop");
    properties.setProperty("connectTimeout", "1");
    properties.setProperty("loginTimeout", "1");
    properties.setProperty("socketTimeout", "2");
    properties.setProperty("cancelSignalTimeout", "1");
    properties.setProperty("tcpKeepAlive", "true");
    return properties;
  }

  private static String required(
      String name, Map<String, String> environment, List<String> problems) {
    String value = environment.getOrDefault(name, "");
    if (value.isBlank()) {
      problems.add(name + " is not set");
    }
    return value;
  }

  private static int port(
      String name, int lowest, Map<String, String> environment, List<String> problems) {
    String value = required(name, environment, problems);
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

  /** Leaves the password out. */
  @Override
  public String toString() {
    return "ShopConfig[listen=" + listen + ", databaseUrl=" + databaseUrl + "]";
  }
}
