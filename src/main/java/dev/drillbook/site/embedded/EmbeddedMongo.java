package dev.drillbook.site.embedded;

import static java.util.concurrent.TimeUnit.SECONDS;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.drillbook.plan.ComponentSpec;
import dev.drillbook.site.Mongo;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A MongoDB server process, or its stand-in, with a data folder and a port of its own. What it
 * acknowledges is in its journal, or the stand-in's file, and synced.
 */
final class EmbeddedMongo extends EmbeddedStore implements Mongo {
  private static final Duration READY_WITHIN = Duration.ofSeconds(30);
  private static final Duration PING_WITHIN = Duration.ofSeconds(1);

  private final ComponentSpec.Mongo spec;
  private final StorePrograms.OfMongo programs;

  EmbeddedMongo(
      ComponentSpec.Mongo spec, EmbeddedSite site, Ports ports, StorePrograms.OfMongo programs) {
    super(site, ports);
    this.spec = spec;
    this.programs = programs;
  }

  @Override
  public String describe() {
    return name() + ": " + programs.describe();
  }

  @Override
  public String database() {
    return spec.database();
  }

  @Override
  ComponentSpec.Mongo spec() {
    return spec;
  }

  @Override
  void bringUp(double scale) {
    provision();
    fill(spec.seed(), scale);
  }

  /** It has none: whoever reaches the loopback address may do everything. */
  @Override
  List<String> secrets() {
    return List.of();
  }

  @Override
  void begin() {
    launch();
  }

  @Override
  public synchronized void start() {
    if (isRunning()) {
      return;
    }
    requireData();
    launch();
  }

  private void launch() {
    launch(
        programs.serverCommand(dataFolder(), port, site.host().listenAddress()),
        dataFolder(),
        site.host().environment(),
        READY_WITHIN,
        () -> MongoPing.ask(port, PING_WITHIN));
  }

  @Override
  String stopSignal() {
    return "TERM";
  }

  @Override
  public MongoClient connect() {
    return MongoClients.create(
        MongoClientSettings.builder()
            .applyConnectionString(new ConnectionString(uri("127.0.0.1", port)))
            .applicationName("drillbook")
            .retryWrites(false)
            .retryReads(false)
            .applyToClusterSettings(cluster -> cluster.serverSelectionTimeout(2, SECONDS))
            .applyToSocketSettings(
                socket -> socket.connectTimeout(2, SECONDS).readTimeout(300, SECONDS))
            .build());
  }

  /** Every write waits for the journal, as in a production that does not want to lose any. */
  private String uri(String host, int toPort) {
    return "mongodb://" + host + ":" + toPort + "/" + spec.database() + "?w=1&journal=true";
  }

  @Override
  Map<String, String> addressVariables(String host, int atPort) {
    return Map.of(
        "HOST", host,
        "PORT", String.valueOf(atPort),
        "DATABASE", spec.database(),
        "URL", uri(host, atPort));
  }

  @Override
  Map<String, String> scriptEnvironment() {
    Map<String, String> environment = site.host().environment();
    environment.put("MONGO_URI", uri(site.host().addressOf(name()), port));
    environment.put("MONGO_DATABASE", spec.database());
    return environment;
  }

  @Override
  String connection() {
    return uri("127.0.0.1", port);
  }
}
