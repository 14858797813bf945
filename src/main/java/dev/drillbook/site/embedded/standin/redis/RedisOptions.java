package dev.drillbook.site.embedded.standin.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A command line as redis-cli reads it. What we do not have is refused by name: a script must not
 * believe that it was heeded.
 */
final class RedisOptions {
  private static final String HAS =
      "-h, -p, -a, -u, -n, -e, -x, --user, --pass, --no-auth-warning, --raw, --scan, --pattern,"
          + " --count, --rdb, --version";

  private String host = "127.0.0.1";
  private int port = 6379;
  private Optional<String> user = Optional.empty();
  private Optional<String> password;
  private int database;
  private boolean warnsOfPassword = true;
  private boolean passwordIsShown;
  private boolean failsOnErrors;
  private boolean takesLastFromInput;
  private boolean scans;
  private boolean tellsVersion;
  private String pattern = "";
  private String count = "";
  private Optional<String> rdb = Optional.empty();
  private final List<byte[]> command = new ArrayList<>();

  private RedisOptions(Map<String, String> environment) {
    this.password = Optional.ofNullable(environment.get("REDISCLI_AUTH"));
  }

  /**
   * Reads {@code arguments}.
   *
   * @throws CliFailure for what redis-cli does not know either, or we do not have
   */
  static RedisOptions read(List<byte[]> arguments, Map<String, String> environment) {
    RedisOptions options = new RedisOptions(environment);
    Deque<byte[]> rest = new ArrayDeque<>(arguments);
    while (!rest.isEmpty() && rest.peek().length > 0 && rest.peek()[0] == '-') {
      options.take(text(rest.pop()), rest);
    }
    options.command.addAll(rest);
    if (options.rdb.isPresent() && options.scans) {
      throw new CliFailure("--rdb and --scan exclude each other");
    }
    return options;
  }

  private void take(String option, Deque<byte[]> rest) {
    switch (option) {
      case "-h" -> host = value(option, rest);
      case "-p" -> port = number(option, value(option, rest));
      case "-n" -> database = number(option, value(option, rest));
      case "-a", "--pass" -> show(value(option, rest));
      case "--user" -> user = Optional.of(value(option, rest));
      case "-u" -> readUri(value(option, rest));
      case "-e" -> failsOnErrors = true;
      case "-x" -> takesLastFromInput = true;
      case "--no-auth-warning" -> warnsOfPassword = false;
      case "--raw" -> {
        // It is what we do.
      }
      case "--scan" -> scans = true;
      case "--pattern" -> pattern = value(option, rest);
      case "--count" -> count = value(option, rest);
      case "--rdb" -> rdb = Optional.of(value(option, rest));
      case "-v", "--version" -> tellsVersion = true;
      default ->
          throw new CliFailure(
              option
                  + " is not among the options that Drillbook's own redis-cli has ("
                  + HAS
                  + "); install Redis's for it (Debian: redis-tools)");
    }
  }

  private static String value(String option, Deque<byte[]> rest) {
    if (rest.isEmpty()) {
      throw new CliFailure("Unrecognized option or bad number of args for: '" + option + "'");
    }
    return text(rest.pop());
  }

  private static String text(byte[] argument) {
    return new String(argument, UTF_8);
  }

  private static int number(String option, String value) {
    try {
      return Integer.parseInt(value);
    } catch (NumberFormatException e) {
      throw new CliFailure(option + " " + value + ": that is no number");
    }
  }

  private void show(String secret) {
    password = Optional.of(secret);
    passwordIsShown = true;
  }

  private void readUri(String written) {
    URI uri;
    try {
      uri = new URI(written);
    } catch (URISyntaxException e) {
      throw new CliFailure("Invalid URI"); // Not which: there may be a password in it.
    }
    if ("rediss".equals(uri.getScheme())) {
      throw new CliFailure(
          "Drillbook's own redis-cli has no TLS; install Redis's for it (Debian: redis-tools)");
    }
    if (!"redis".equals(uri.getScheme())) {
      throw new CliFailure("Invalid URI scheme");
    }
    host = uri.getHost() == null ? host : uri.getHost();
    port = uri.getPort() < 0 ? port : uri.getPort();
    readLogin(uri.getUserInfo());
    String path = uri.getPath();
    if (path != null && path.length() > 1) {
      database = number("-u: database", path.substring(1));
    }
  }

  private void readLogin(String login) {
    if (login == null) {
      return;
    }
    int colon = login.indexOf(':');
    if (colon >= 0) {
      user = Optional.of(login.substring(0, colon));
    }
    show(login.substring(colon + 1));
  }

  String host() {
    return host;
  }

  int port() {
    return port;
  }

  Optional<String> user() {
    return user;
  }

  Optional<String> password() {
    return password;
  }

  int database() {
    return database;
  }

  /** Whether a password is where everybody on the machine can read it, and that is to be said. */
  boolean warnsOfPassword() {
    return warnsOfPassword && passwordIsShown;
  }

  /** Whether an error that a server answers is one of the program's. */
  boolean failsOnErrors() {
    return failsOnErrors;
  }

  /** Whether standard input is the command's last argument. */
  boolean takesLastFromInput() {
    return takesLastFromInput;
  }

  boolean tellsVersion() {
    return tellsVersion;
  }

  boolean scans() {
    return scans;
  }

  /** What SCAN is asked for besides its cursor. */
  List<byte[]> scanned() {
    List<byte[]> arguments = new ArrayList<>();
    if (!pattern.isEmpty()) {
      arguments.add("MATCH".getBytes(UTF_8));
      arguments.add(pattern.getBytes(UTF_8));
    }
    if (!count.isEmpty()) {
      arguments.add("COUNT".getBytes(UTF_8));
      arguments.add(count.getBytes(UTF_8));
    }
    return arguments;
  }

  /** The file that all data are to be written to. */
  Optional<String> rdb() {
    return rdb;
  }

  /** Empty where commands come from standard input. */
  List<byte[]> command() {
    return command;
  }
}
