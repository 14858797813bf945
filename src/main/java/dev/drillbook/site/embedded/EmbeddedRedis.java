package dev.drillbook.site.embedded;

import dev.drillbook.plan.ComponentSpec;
import dev.drillbook.plan.ComponentSpec.Persistence;
import dev.drillbook.site.Diagnosis;
import dev.drillbook.site.Redis;
import dev.drillbook.timeline.DrillException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;

/**
 * A Redis server process with a folder and a port of its own. Where it keeps every write, each is
 * synced before it is acknowledged ({@code appendfsync always}).
 */
final class EmbeddedRedis extends EmbeddedStore implements Redis {
  private static final Duration READY_WITHIN = Duration.ofSeconds(60);
  private static final int PING_MILLIS = 1_000;
  private static final int CALL_MILLIS = 300_000;
  private static final String RDB = "dump.rdb";

  private final ComponentSpec.Redis spec;
  private final StorePrograms.OfRedis programs;
  private final String password = Passwords.next();

  EmbeddedRedis(
      ComponentSpec.Redis spec, EmbeddedSite site, Ports ports, StorePrograms.OfRedis programs) {
    super(site, ports);
    this.spec = spec;
    this.programs = programs;
  }

  @Override
  public String describe() {
    return name() + ": " + programs.describe();
  }

  @Override
  ComponentSpec.Redis spec() {
    return spec;
  }

  @Override
  void bringUp(double scale) {
    provision();
    fill(spec.seed(), scale);
  }

  @Override
  List<String> secrets() {
    return List.of(password);
  }

  @Override
  void begin() {
    launch(List.of());
  }

  /** An empty folder is a valid one: a cache has nothing to lose. */
  @Override
  public synchronized void start() {
    if (isRunning()) {
      return;
    }
    if (!Files.isDirectory(dataFolder())) {
      throw new DrillException(
          name() + " has no data: " + dataFolder() + " is missing",
          "provision a new server first, then restore into it");
    }
    launch(List.of());
  }

  @Override
  public synchronized void load(Path rdb) {
    site.host().requireOpen();
    if (!Files.isRegularFile(rdb)) {
      throw new DrillException(rdb + " is no RDB file", "name the file that is to be restored");
    }
    stop();
    empty();
    try {
      Files.copy(rdb, rdbFile());
      site.host().own(rdbFile());
    } catch (IOException e) {
      throw new DrillException(
          rdb + " could not be copied to " + rdbFile() + ": " + e,
          Diagnosis.of(List.of(e.toString()), "is the disk full?"),
          e);
    }
    if (spec.persistence() != Persistence.AOF) {
      launch(List.of());
      return;
    }
    // A server that keeps a log of writes loads that alone, and would begin with none.
    launch(List.of("--appendonly", "no"));
    try (Jedis redis = connect()) {
      redis.configSet("appendonly", "yes");
      while (redis.info("persistence").contains("aof_rewrite_in_progress:1")
          || redis.info("persistence").contains("aof_rewrite_scheduled:1")) {
        Pauses.millis(10);
      }
    }
  }

  private void launch(List<String> options) {
    List<String> command = new ArrayList<>(programs.serverCommand(writeSettings()));
    command.addAll(options);
    launch(command, dataFolder(), site.host().environment(), READY_WITHIN, this::ping);
  }

  /** A server that still loads its file answers, and says so. */
  private void ping() throws IOException {
    try (Jedis redis = connect(PING_MILLIS)) {
      redis.ping();
    } catch (JedisException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /** In a file that only we can read: a password has no place on a command line. */
  private Path writeSettings() {
    Path file = site.folder().resolve(name() + ".conf");
    String persistence =
        switch (spec.persistence()) {
          case NONE -> "save \"\"\nappendonly no\n";
          case RDB -> "save 3600 1 300 100 60 10000\nappendonly no\n";
          case AOF -> "save \"\"\nappendonly yes\nappendfsync always\n";
        };
    try {
      SiteFolder.writeSecret(
          file,
          "bind "
              + site.host().listenAddress()
              + "\nport "
              + port
              + "\nrequirepass "
              + password
              + "\ndir "
              + dataFolder()
              + "\ndbfilename "
              + RDB
              + "\ndaemonize no\n"
              // Who asks for a copy of all data need not wait for others to ask too, and gets it
              // without a file that the server would begin with one day.
              + "repl-diskless-sync yes\nrepl-diskless-sync-delay 0\n"
              + persistence);
      site.host().own(file);
      return file;
    } catch (IOException e) {
      throw new DrillException(
          file + " could not be written: " + e.getMessage(), "is the disk full?", e);
    }
  }

  @Override
  String stopSignal() {
    return "TERM";
  }

  @Override
  public Jedis connect() {
    return connect(CALL_MILLIS);
  }

  private Jedis connect(int callMillis) {
    return new Jedis(
        new HostAndPort("127.0.0.1", port),
        DefaultJedisClientConfig.builder()
            .password(password)
            .clientName("drillbook")
            .connectionTimeoutMillis(2_000)
            .socketTimeoutMillis(callMillis)
            .build());
  }

  @Override
  public Path rdbFile() {
    return dataFolder().resolve(RDB);
  }

  @Override
  Map<String, String> addressVariables(String host, int atPort) {
    return Map.of(
        "HOST",
        host,
        "PORT",
        String.valueOf(atPort),
        "PASSWORD",
        password,
        "URL",
        "redis://default:" + password + "@" + host + ":" + atPort);
  }

  @Override
  Map<String, String> scriptEnvironment() {
    Map<String, String> environment = site.host().environment();
    environment.put("REDIS_HOST", site.host().addressOf(name()));
    environment.put("REDIS_PORT", String.valueOf(port));
    environment.put("REDIS_PASSWORD", password);
    environment.put("REDISCLI_AUTH", password);
    environment.put("REDIS_DIR", dataFolder().toString());
    return environment;
  }

  @Override
  String connection() {
    return "127.0.0.1:" + port + ", its password is in " + site.folder().resolve(name() + ".conf");
  }
}
