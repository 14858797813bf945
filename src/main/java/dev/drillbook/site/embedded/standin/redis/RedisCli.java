package dev.drillbook.site.embedded.standin.redis;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Does what {@code redis-cli} 7.0 does where its output is no terminal: its exit code is 0 though
 * the server answered with an error, unless it was told {@code -e}.
 *
 * @see <a href="https://redis.io/docs/latest/develop/tools/cli/">redis-cli</a>
 */
public final class RedisCli {
  /** Their answers do not end, or are of another protocol. */
  private static final Set<String> WITHOUT_AN_END =
      Set.of("subscribe", "psubscribe", "ssubscribe", "monitor", "sync", "psync", "hello");

  /** What an interactive redis-cli does by itself. */
  private static final Set<String> OF_A_TERMINAL = Set.of("connect", "restart", "clear", "help");

  private final RedisOptions options;
  private final RedisConnection server;
  private final OutputStream out;

  private RedisCli(RedisOptions options, RedisConnection server, OutputStream out) {
    this.options = options;
    this.server = server;
    this.out = out;
  }

  public static void main(String[] arguments) {
    int exitCode = 1;
    try {
      run(RedisOptions.read(exact(arguments), System.getenv()));
      exitCode = 0;
    } catch (CliFailure e) {
      System.err.println(e.getMessage());
    } catch (EOFException e) {
      System.err.println("Error: Server closed the connection");
    } catch (IOException e) {
      System.err.println("Error: " + e.getMessage());
    } finally {
      System.exit(exitCode);
    }
  }

  /** The arguments as they were given, which text cannot hold if they are no UTF-8. */
  private static List<byte[]> exact(String[] arguments) throws IOException {
    Path given = Path.of("/proc/self/cmdline");
    if (!Files.isReadable(given)) {
      return Arrays.stream(arguments).map(argument -> argument.getBytes(UTF_8)).toList();
    }
    String all = new String(Files.readAllBytes(given), ISO_8859_1);
    String[] words = all.split("\0", -1); // The last is empty: each one ends with it.
    return Arrays.stream(words, words.length - 1 - arguments.length, words.length - 1)
        .map(word -> word.getBytes(ISO_8859_1))
        .toList();
  }

  private static void run(RedisOptions options) throws IOException {
    if (options.tellsVersion()) {
      System.out.println("redis-cli 7.0 (Drillbook's own)");
      return;
    }
    if (options.warnsOfPassword()) {
      System.err.println(
          "Warning: Using a password with '-a' or '-u' option on the command line interface may"
              + " not be safe.");
    }
    OutputStream out = new BufferedOutputStream(new FileOutputStream(FileDescriptor.out));
    try (RedisConnection server = RedisConnection.open(options.host(), options.port())) {
      new RedisCli(options, server, out).work();
    } finally {
      out.flush();
    }
  }

  private void work() throws IOException {
    boolean known = logIn();
    if (options.rdb().isPresent()) {
      if (known) {
        new RdbDownload(server, options.rdb().get()).run(out);
        return;
      }
      throw new CliFailure("nothing was written to " + options.rdb().get());
    }
    if (options.scans()) {
      scan();
    } else if (options.command().isEmpty()) {
      performLines(System.in);
    } else {
      List<byte[]> command = new ArrayList<>(options.command());
      if (options.takesLastFromInput()) {
        command.add(System.in.readAllBytes());
      }
      perform(command);
    }
  }

  /** A refused login or database is said, and what follows is tried all the same, as there. */
  private boolean logIn() throws IOException {
    boolean known = true;
    if (options.password().isPresent()) {
      List<String> login = new ArrayList<>(List.of("AUTH"));
      options.user().ifPresent(login::add);
      login.add(options.password().get());
      if (server.call(login.toArray(String[]::new)) instanceof Reply.Failure failure) {
        System.err.println("AUTH failed: " + failure.message());
        known = false;
      }
    }
    if (options.database() != 0
        && known
        && server.call("SELECT", String.valueOf(options.database()))
            instanceof Reply.Failure failure) {
      System.err.println("SELECT " + options.database() + " failed: " + failure.message());
    }
    return known;
  }

  private void scan() throws IOException {
    String cursor = "0";
    do {
      List<byte[]> command =
          new ArrayList<>(List.of("SCAN".getBytes(UTF_8), cursor.getBytes(UTF_8)));
      command.addAll(options.scanned());
      Reply reply = server.call(command);
      if (reply instanceof Reply.Failure failure) {
        throw new CliFailure("SCAN error: " + failure.message());
      }
      List<Reply> both = ((Reply.Several) reply).replies();
      cursor = ((Reply.Text) both.get(0)).bytes();
      for (Reply key : ((Reply.Several) both.get(1)).replies()) {
        out.write(key.raw());
        out.write('\n');
      }
    } while (!cursor.equals("0"));
  }

  private void performLines(InputStream lines) throws IOException {
    for (Optional<byte[]> line = next(lines); line.isPresent(); line = next(lines)) {
      Optional<List<byte[]>> command = CommandLine.split(line.get());
      if (command.isEmpty()) {
        out.write("Invalid argument(s)\n".getBytes(UTF_8));
      } else if (!command.get().isEmpty()) {
        String name = name(command.get(), 0);
        if (name.equals("quit") || name.equals("exit")) {
          return;
        }
        if (OF_A_TERMINAL.contains(name) || name.startsWith(":")) {
          throw lacks(name);
        }
        performTimes(command.get());
      }
      out.flush();
    }
  }

  /** A number before a command says how often. */
  private void performTimes(List<byte[]> line) throws IOException {
    int times = 1;
    List<byte[]> command = line;
    if (line.size() > 1 && name(line, 0).matches("\\d{1,9}")) {
      times = Integer.parseInt(name(line, 0));
      command = line.subList(1, line.size());
    }
    for (int i = 0; i < times; i++) {
      perform(command);
    }
  }

  private static Optional<byte[]> next(InputStream lines) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int next = lines.read();
    if (next < 0) {
      return Optional.empty();
    }
    for (; next >= 0 && next != '\n'; next = lines.read()) {
      line.write(next);
    }
    return Optional.of(line.toByteArray());
  }

  private void perform(List<byte[]> command) throws IOException {
    String name = name(command, 0);
    if (WITHOUT_AN_END.contains(name)) {
      throw lacks(name);
    }
    Reply reply;
    try {
      reply = server.call(command);
    } catch (IOException e) {
      if (name.equals("shutdown")) {
        return; // Its answer is that the server is gone.
      }
      throw e;
    }
    if (reply instanceof Reply.Failure failure && options.failsOnErrors()) {
      throw new CliFailure(failure.message());
    }
    out.write(reply.raw());
    if (!isReport(name, name(command, 1), command.size()) || reply instanceof Reply.Failure) {
      out.write('\n');
    }
  }

  /** Those whose answers are pages of text with an end of line of their own. */
  private static boolean isReport(String name, String what, int words) {
    return switch (name) {
      case "info", "lolwut" -> true;
      case "memory" -> what.equals("malloc-stats") || what.equals("doctor");
      case "client" -> what.equals("list") || what.equals("info");
      case "cluster" -> words == 2 && (what.equals("nodes") || what.equals("info"));
      case "latency" -> what.equals("doctor") || what.equals("graph");
      case "debug" -> what.startsWith("htstats");
      default -> false;
    };
  }

  private static String name(List<byte[]> command, int word) {
    return word < command.size()
        ? new String(command.get(word), UTF_8).toLowerCase(Locale.ROOT)
        : "";
  }

  private static CliFailure lacks(String command) {
    return new CliFailure(
        command
            + " is not among the commands that Drillbook's own redis-cli has; install Redis's for"
            + " it (Debian: redis-tools)");
  }
}
