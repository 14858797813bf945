package dev.drillbook.site.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.drillbook.plan.PlanLoader;
import dev.drillbook.site.Redis;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/** Our own redis-cli, as scripts find it, against a real server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RedisCliIT {
  private static final String DATA =
      """
      set greeting "hello world"
      set number 41
      rpush list x y z
      set "\\xff\\x00 odd" "line one\\nline two"
      hset hash field value
      incr number
      """;

  private Path folder;
  private EmbeddedSite site;
  private Redis cache;
  private Map<String, String> environment;
  private Path ours;

  @BeforeAll
  void start(@TempDir Path temporary) throws Exception {
    folder = temporary;
    Path plan =
        Files.writeString(
            folder.resolve("plan.yaml"),
            """
            system: tiny
            title: One Redis
            components:
              cache: {kind: redis}
            backups:
              rdb: {component: cache, schedule: "0 * * * *", retention: 1d, location: redis, encryption: none}
            scenarios:
              loss:
                title: Loss
                severity: P1
                rto: 1h
                rpo: 2h
                backup: rdb
                steps:
                  - {id: restore, kind: automated, budget: 1m, restore: true}
            """);
    FakePrograms.script(folder.resolve("scripts"), "environment.sh", "env > environment");
    Map<String, String> without = new HashMap<>(System.getenv());
    without.put("PATH", "/nowhere");
    site =
        EmbeddedSite.create(
            PlanLoader.load(plan), 1, Installations.ofThisMachine(without, said -> {}));
    cache = site.redis("cache");
    site.bringUp();
    cache.script("environment.sh").perform();
    environment = new HashMap<>();
    for (String line : Files.readAllLines(folder.resolve("environment"))) {
      int equals = line.indexOf('=');
      if (equals > 0) {
        environment.put(line.substring(0, equals), line.substring(equals + 1));
      }
    }
    ours = ToolRun.find("redis-cli", environment);
    assertThat(ours).startsWith(site.path());
  }

  @AfterAll
  void close() {
    site.close();
  }

  @BeforeEach
  void fill() throws Exception {
    try (Jedis redis = cache.connect()) {
      redis.flushAll();
    }
    typed(DATA).prints("OK", "OK", "3", "OK", "1", "42");
  }

  private ToolRun run(String... arguments) throws Exception {
    return typed("", arguments);
  }

  private ToolRun typed(String input, String... arguments) throws Exception {
    return with(ours, input, arguments);
  }

  private ToolRun with(Path tool, String input, String... arguments) throws Exception {
    String[] all = new String[arguments.length + 4];
    all[0] = "-h";
    all[1] = environment.get("REDIS_HOST");
    all[2] = "-p";
    all[3] = environment.get("REDIS_PORT");
    System.arraycopy(arguments, 0, all, 4, arguments.length);
    return ToolRun.of(folder, environment, input, tool, all);
  }

  @Test
  void repliesAreBareTextALineEach() throws Exception {
    run("get", "greeting").prints("hello world");
    run("get", "number").prints("42");
    run("get", "nothing").prints("");
    run("lrange", "list", "0", "-1").prints("x", "y", "z");
    run("lrange", "nothing", "0", "-1").prints("");
    run("mget", "number", "nothing", "greeting").prints("42", "", "hello world");
    run("eval", "return {1,{2,'x',{}},false,'y'}", "0").prints("1", "2", "x", "", "", "y");
    run("config", "get", "save").prints("save", "");
    assertThat(run("info", "server").out()).startsWith("# Server\r\n").endsWith("\r\n");
  }

  @Test
  void anErrorOfTheServersIsPrintedAndFailsOnlyWhereThatIsAskedFor() throws Exception {
    run("incr", "greeting").prints("ERR value is not an integer or out of range", "");
    run("-e", "incr", "greeting").fails(1, "ERR value is not an integer or out of range");
  }

  @Test
  void whoIsRefusedIsTold() throws Exception {
    ToolRun refused = run("--no-auth-warning", "-a", "wrong", "get", "greeting");
    assertThat(refused.out()).isEqualTo("NOAUTH Authentication required.\n\n");
    assertThat(refused.err()).startsWith("AUTH failed: WRONGPASS").doesNotContain("Warning");
    assertThat(run("-a", environment.get("REDIS_PASSWORD"), "ping"))
        .isEqualTo(
            new ToolRun(
                0,
                "PONG\n",
                "Warning: Using a password with '-a' or '-u' option on the command line interface"
                    + " may not be safe.\n"));
    ToolRun.of(folder, environment, "", ours, "-p", "1", "ping")
        .fails(1, "Could not connect to Redis at 127.0.0.1:1: Connection refused");
  }

  @Test
  void aUriNamesServerUserPasswordAndDatabase() throws Exception {
    String uri =
        "redis://default:%s@%s:%s/2"
            .formatted(
                environment.get("REDIS_PASSWORD"),
                environment.get("REDIS_HOST"),
                environment.get("REDIS_PORT"));
    ToolRun.of(folder, environment, "", ours, "--no-auth-warning", "-u", uri, "set", "there", "1")
        .prints("OK");
    run("get", "there").prints("");
    run("-n", "2", "get", "there").prints("1");
    ToolRun.of(folder, environment, "", ours, "-u", uri.replace("redis:", "rediss:"), "ping")
        .fails(1, "has no TLS");
  }

  @Test
  void commandsComeFromStandardInput() throws Exception {
    typed(
            """
            get greeting

            \t
            get "x
            select 3
            set x 1
            2 incr x
            multi
            incr x
            exec
            quit
            get x\
            """)
        .prints("hello world", "Invalid argument(s)", "OK", "OK", "2", "3", "OK", "QUEUED", "4");
    typed("first\nlast", "-x", "set", "text").prints("OK");
    run("get", "text").prints("first", "last");
  }

  @Test
  void bytesThatAreNoTextComeThrough() throws Exception {
    assertThat(typed("get \"\\xff\\x00 odd\"\n").out()).isEqualTo("line one\nline two\n");
    run("set", "ключ", "ä€").prints("OK");
    try (Jedis redis = cache.connect()) {
      assertThat(redis.get("ключ")).isEqualTo("ä€");
    }
    // A dump of a key is binary, and restores it from standard input.
    ToolRun dumped = run("dump", "list");
    assertThat(dumped.out()).contains("\u0010");
    String payload = dumped.out().substring(0, dumped.out().length() - 1);
    typed(payload, "-x", "restore", "copy", "0").prints("OK");
    run("lrange", "copy", "0", "-1").prints("x", "y", "z");
  }

  @Test
  void allKeysAreFoundByTheirPattern() throws Exception {
    try (Jedis redis = cache.connect()) {
      for (int i = 0; i < 5_000; i++) {
        redis.set("many:" + i, "");
      }
    }
    assertThat(run("--scan", "--pattern", "many:*").out().lines())
        .hasSize(5_000)
        .doesNotHaveDuplicates();
    run("--scan", "--pattern", "gr*").prints("greeting");
    run("--scan", "--pattern", "nobody:*").prints();
    Map<String, String> stranger = new HashMap<>(environment);
    stranger.remove("REDISCLI_AUTH");
    ToolRun.of(folder, stranger, "", ours, "-p", environment.get("REDIS_PORT"), "--scan")
        .fails(1, "SCAN error: NOAUTH");
  }

  @Test
  void allDataAreDownloadedAsAnRdbFileThatTheServerCanBeRestoredFrom() throws Exception {
    Path rdb = folder.resolve("all.rdb");
    byte[] big = new byte[3_000_000];
    new java.util.Random(1).nextBytes(big);
    try (Jedis redis = cache.connect()) {
      redis.set("big".getBytes(UTF_8), big);
    }
    ToolRun download = run("--rdb", "all.rdb");
    assertThat(download.exitCode()).isZero();
    assertThat(download.out()).isEmpty();
    assertThat(download.err())
        .contains("Transfer finished with success after " + Files.size(rdb) + " bytes");
    ToolRun piped = run("--rdb", "-");
    assertThat(piped.out()).startsWith("REDIS").hasSizeGreaterThan(3_000_000);
    assertThat(cache.rdbFile()).as("the server has made no file of its own").doesNotExist();

    try (Jedis redis = cache.connect()) {
      redis.flushAll();
    }
    cache.load(rdb);
    run("lrange", "list", "0", "-1").prints("x", "y", "z");
    try (Jedis redis = cache.connect()) {
      assertThat(redis.get("big".getBytes(UTF_8))).isEqualTo(big);
    }
  }

  @Test
  void aDownloadThatFailsLeavesTheFileAsItWas() throws Exception {
    Path older = Files.writeString(folder.resolve("kept.rdb"), "the one of yesterday");
    for (String announced : List.of("$EOF:" + "m".repeat(40), "$1000")) {
      try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        var server = CompletableFuture.runAsync(() -> breakOff(socket, announced));
        String port = String.valueOf(socket.getLocalPort());
        Map<String, String> stranger = new HashMap<>(environment);
        stranger.remove("REDISCLI_AUTH");
        ToolRun.of(folder, stranger, "", ours, "-p", port, "--rdb", "kept.rdb")
            .fails(1, "the server closed the connection after 500 bytes");
        server.join();
      }
    }
    assertThat(older).hasContent("the one of yesterday");
    ToolRun.of(folder, environment, "", ours, "-p", "1", "--rdb", "new.rdb")
        .fails(1, "Could not connect");
    run("--rdb", "nowhere/new.rdb").fails(1, "nowhere/new.rdb");
    run("--no-auth-warning", "-a", "wrong", "--rdb", "new.rdb")
        .fails(1, "nothing was written to new.rdb");
    try (var files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .noneMatch(name -> name.startsWith("new.rdb") || name.contains("unfinished"));
    }
  }

  /** Answers as a server does until it is killed in the middle. */
  private static void breakOff(ServerSocket socket, String announced) {
    try (Socket client = socket.accept();
        InputStream in = client.getInputStream()) {
      StringBuilder asked = new StringBuilder();
      while (!asked.toString().endsWith("SYNC\r\n")) {
        asked.append((char) in.read());
        if (asked.toString().endsWith("\r\neof\r\n") || asked.toString().endsWith("\r\n1\r\n")) {
          client.getOutputStream().write("+OK\r\n".getBytes(UTF_8));
        }
      }
      client.getOutputStream().write(("\n\n" + announced + "\r\n").getBytes(UTF_8));
      client.getOutputStream().write(new byte[500]);
      client.getOutputStream().flush();
      client.shutdownOutput();
      while (in.read() >= 0) {
        // Until it is gone.
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void whatItDoesNotHaveIsRefusedByName() throws Exception {
    run("--bigkeys").fails(1, "--bigkeys is not among the options that Drillbook's own");
    run("monitor").fails(1, "monitor is not among the commands that Drillbook's own");
    run("-n").fails(1, "Unrecognized option or bad number of args for: '-n'");
    run("-n", "x", "ping").fails(1, "that is no number");
  }

  @Test
  void aServerThatIsToldToStopStops() throws Exception {
    run("shutdown", "nosave").prints();
    cache.start();
    run("dbsize").prints("0");
  }

  @Test
  void itPrintsWhatTheRealOnePrints() throws Exception {
    Path real = new SearchPath(System.getenv("PATH")).find("redis-cli").orElse(null);
    assumeTrue(real != null, "this machine has no redis-cli");
    List<List<String>> commands =
        List.of(
            List.of("ping"),
            List.of("get", "greeting"),
            List.of("get", "nothing"),
            List.of("lrange", "list", "0", "-1"),
            List.of("hgetall", "hash"),
            List.of("hgetall", "nothing"),
            List.of("object", "encoding", "list"),
            List.of("eval", "return {1,{2,'x',{}},false,'y'}", "0"),
            List.of("nonsense", "with", "arguments"),
            List.of("-e", "nonsense"),
            List.of("-n", "99", "ping"),
            List.of("-n", "3", "dbsize"),
            List.of("config", "get", "maxmemory*"),
            List.of("info", "keyspace"),
            List.of("info", "nothing"),
            List.of("memory", "doctor"),
            List.of("dump", "list"),
            List.of("--scan", "--pattern", "[gnlh]*"),
            List.of("--scan", "--pattern", "nobody*"),
            List.of("-a", "wrong", "ping"),
            List.of("--user", "nobody", "--pass", "x", "--no-auth-warning", "ping"),
            List.of("-p", "1", "ping"),
            List.of("-p", "1", "--rdb", "x.rdb"),
            List.of("--pattern"),
            List.of("-x", "get"));
    for (List<String> command : commands) {
      String[] arguments = command.toArray(String[]::new);
      assertThat(typed("greeting", arguments))
          .as(String.join(" ", command))
          .isEqualTo(with(real, "greeting", arguments));
    }
    String lines =
        DATA
            + """
            get "\\x67reeting"
            get 'it\\'s'
            get "unclosed
            get "a"b
            set k "\\n\\r\\t\\b\\a\\q"
            dump k
            3 incr number
            multi
            exec
            discard
            auth wrong
            select 1
            dbsize
            nonsense
            exit
            ping
            """;
    run("flushall").prints("OK");
    ToolRun expected = with(real, lines);
    assertThat(expected.out()).contains("42");
    run("flushall").prints("OK");
    assertThat(typed(lines)).isEqualTo(expected);
  }
}
