package dev.drillbook.site.embedded;

import static dev.drillbook.site.embedded.KeptConnection.askOnce;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.drillbook.fault.ActiveFault;
import dev.drillbook.fault.Cut;
import dev.drillbook.fault.Scene;
import dev.drillbook.plan.DrillPlan;
import dev.drillbook.plan.PlanLoader;
import dev.drillbook.proxy.FaultProxy;
import dev.drillbook.site.App;
import dev.drillbook.site.Condition;
import dev.drillbook.site.Disturbance;
import dev.drillbook.site.Postgres;
import dev.drillbook.site.PostgresStandby;
import dev.drillbook.site.ServiceAddress;
import dev.drillbook.site.SiteSettings;
import dev.drillbook.timeline.DrillException;
import eu.rekawek.toxiproxy.ToxiproxyClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names that clients use, which lead to one component and then to another. */
@Tag("alone")
class EmbeddedAddressIT {
  private static final String APPS =
      """
      blue: {kind: app, command: %1$s, health: /HOME, environment: {COLOUR: blue}}
      green: {kind: app, command: %1$s, health: /HOME, environment: {COLOUR: green}}
      www: {kind: address, of: blue}
      front: {kind: app, command: %1$s, health: /HOME, needs: [www, sessions]}
      cache: {kind: redis}
      sessions: {kind: address, of: cache}
      """
          .formatted("[\"{java}\", -cp, \"{classpath}\", " + EchoApp.class.getName() + "]");
  private static final String DATABASES =
      """
      db: {kind: postgres, database: tiny, user: clerk, schema: schema.sql, tables: {t: {mayBeEmpty: true}}}
      spare: {kind: postgres-standby, of: db}
      database: {kind: address, of: db}
      cache: {kind: redis}
      """;

  @TempDir Path folder;
  private EmbeddedSite site;

  @AfterEach
  void close() {
    if (site != null) {
      site.close();
      assertThat(site.leftovers()).isEmpty();
    }
  }

  private void create(String components) throws IOException {
    create(components, SiteSettings.ofScale(1));
  }

  private void create(String components, SiteSettings settings) throws IOException {
    site =
        EmbeddedSite.create(
            plan(folder, components),
            settings,
            Installations.ofThisMachine(System.getenv(), said -> {}));
  }

  private static DrillPlan plan(Path folder, String components) throws IOException {
    Files.writeString(folder.resolve("schema.sql"), "create table t (id bigint primary key);");
    return PlanLoader.load(
        Files.writeString(
            folder.resolve("plan.yaml"),
            """
            system: tiny
            title: What has two places and one name
            components:
            %s
            scenarios:
              loss:
                title: Loss
                severity: P1
                rto: 1h
                steps:
                  - {id: fail-over, kind: automated, budget: 1m, restore: true}
            """
                .formatted(components.indent(2))));
  }

  @Test
  void clientsFollowItFromOneAppToAnother() throws Exception {
    create(APPS);
    ServiceAddress www = site.address("www");
    App green = site.app("green");
    site.bringUp();
    assertThat(www.target()).isSameAs(site.app("blue"));
    assertThat(www.condition()).isEqualTo(Condition.RUNNING);
    assertThat(www.describe()).isEqualTo("www: the address of blue");
    assertThat(site.describe()).contains("www: the address of blue");
    assertThat(www.url()).hasPort(www.clientAddress().getPort());
    assertThat(www.directAddress()).isEqualTo(site.app("blue").directAddress());

    try (KeptConnection stays = new KeptConnection(www)) {
      assertThat(stays.ask("COLOUR")).isEqualTo("blue");
      www.pointTo(site.app("blue"));
      assertThat(stays.ask("COLOUR")).isEqualTo("blue");

      www.pointTo(green);

      assertThatThrownBy(() -> stays.ask("COLOUR")).isInstanceOf(IOException.class);
    }
    assertThat(askOnce(www, "COLOUR")).isEqualTo("green");
    assertThat(www.target()).isSameAs(green);
    assertThat(www.describe()).isEqualTo("www: the address of blue, and leads to green now");
    assertThat(site.howToConnect()).contains("www (an address): led to green");
    site.app("blue").kill();
    assertThat(askOnce(www, "COLOUR")).isEqualTo("green");
    green.kill();
    assertThat(www.condition()).isEqualTo(Condition.DOWN);
    assertThatThrownBy(() -> askOnce(www, "COLOUR")).isInstanceOf(IOException.class);
    green.start();
    assertThat(askOnce(www, "COLOUR")).isEqualTo("green");
  }

  @Test
  void anAppThatNeedsItIsGivenTheAddressAndWhatElseThereIsToKnow() throws Exception {
    create(APPS);
    App front = site.app("front");
    site.bringUp();
    ServiceAddress www = site.address("www");
    ServiceAddress sessions = site.address("sessions");
    int port = sessions.clientAddress().getPort();
    assertThat(askOnce(front, "WWW_HOST")).isEqualTo("127.0.0.1");
    assertThat(askOnce(front, "WWW_PORT"))
        .isEqualTo(String.valueOf(www.clientAddress().getPort()))
        .isNotEqualTo(String.valueOf(site.app("blue").clientAddress().getPort()));
    assertThat(URI.create(askOnce(front, "WWW_URL"))).isEqualTo(www.url());
    assertThat(askOnce(www, "COLOUR")).isEqualTo("blue");
    assertThat(askOnce(front, "SESSIONS_PASSWORD")).hasSize(32);
    assertThat(askOnce(front, "SESSIONS_URL"))
        .isEqualTo("redis://default:" + askOnce(front, "SESSIONS_PASSWORD") + "@127.0.0.1:" + port);
    assertThat(askOnce(front, "CACHE_PORT")).isEqualTo("null");
    assertThatThrownBy(sessions::url)
        .isInstanceOf(DrillException.class)
        .hasMessageContaining("sessions has no URL: it leads to cache, which does not serve HTTP");
  }

  @Test
  void whatIsCutOfItsTargetIsCutOfItAndNotTheOtherWayRound() throws Exception {
    create(APPS);
    ServiceAddress www = site.address("www");
    App green = site.app("green");
    App blue = site.app("blue");
    site.bringUp();
    try (KeptConnection stays = new KeptConnection(www)) {
      assertThat(stays.ask("COLOUR")).isEqualTo("blue");
      ActiveFault cut = Cut.cut(blue).inject(Scene.of(site.undoJournal(), 1, 0));
      assertThatThrownBy(() -> stays.ask("COLOUR")).isInstanceOf(IOException.class);
      assertThatThrownBy(() -> askOnce(www, "COLOUR")).isInstanceOf(IOException.class);
      cut.close();
    }
    assertThat(askOnce(www, "COLOUR")).isEqualTo("blue");

    ActiveFault cut = Cut.cut(www).inject(Scene.of(site.undoJournal(), 1, 0));
    assertThat(cut.bite().bit()).as(cut.bite().evidence()).isTrue();
    assertThat(askOnce(blue, "COLOUR")).isEqualTo("blue");
    www.pointTo(green);
    assertThatThrownBy(() -> askOnce(www, "COLOUR")).isInstanceOf(IOException.class);
    cut.close();
    assertThat(askOnce(www, "COLOUR")).isEqualTo("green");
  }

  @Test
  void whoAsksForItAloneGetsWhatItLeadsTo() throws Exception {
    create(APPS);
    ServiceAddress www = site.address("www");
    assertThatThrownBy(() -> www.pointTo(site.app("blue")))
        .isInstanceOf(DrillException.class)
        .hasMessageContaining("www is not connected to its clients");
    site.bringUp();
    assertThat(askOnce(www, "COLOUR")).isEqualTo("blue");
    // Nobody had asked for it before: it is cold, and the step starts it.
    App green = site.app("green");
    www.pointTo(green);
    assertThatThrownBy(() -> askOnce(www, "COLOUR")).isInstanceOf(IOException.class);
    green.start();
    assertThat(askOnce(www, "COLOUR")).isEqualTo("green");
    assertThat(askOnce(green, "COLOUR")).isEqualTo("green");
  }

  @Test
  void itLeadsToNothingThatItsClientsCouldNotTalkTo() throws Exception {
    create(DATABASES);
    ServiceAddress database = site.address("database");
    assertThatThrownBy(() -> database.pointTo(site.redis("cache")))
        .isInstanceOf(DrillException.class)
        .hasMessageContaining("database cannot be pointed to cache")
        .hasMessageContaining("the same kind");
    assertThatThrownBy(() -> site.address("db"))
        .hasMessageContaining("has no address component 'db'")
        .hasMessageContaining("it has database");
    try (EmbeddedSite other =
        EmbeddedSite.create(
            plan(folder, DATABASES), 1, Installations.ofThisMachine(System.getenv(), said -> {}))) {
      assertThatThrownBy(() -> database.pointTo(other.postgres("db")))
          .isInstanceOf(DrillException.class)
          .hasMessageContaining("database cannot be pointed to db: that is another site's");
    }
    assertThat(database.target()).isSameAs(site.postgres("db"));
  }

  @Test
  void aClientFollowsToTheStandbyThatWasPromoted() throws Exception {
    create(DATABASES);
    Postgres db = site.postgres("db");
    PostgresStandby spare = site.standby("spare");
    ServiceAddress database = site.address("database");
    site.bringUp();
    try (Pool pool = new Pool(site.addressEnvironment("database"))) {
      for (int id = 1; id <= 50; id++) {
        pool.insert(id);
      }
      await().until(() -> count(spare) == 50);

      db.kill();
      assertThatThrownBy(() -> pool.insert(51)).isInstanceOf(SQLException.class);
      spare.promote();
      assertThatThrownBy(() -> pool.insert(51)).isInstanceOf(SQLException.class);
      database.pointTo(spare);

      pool.insert(51);
      assertThat(count(spare)).isEqualTo(51);
    }
  }

  /** A switch of what lives: nobody may go on writing to the old primary. */
  @Test
  void connectionsToAServerThatLivesAreEnded() throws Exception {
    create(DATABASES);
    PostgresStandby spare = site.standby("spare");
    ServiceAddress database = site.address("database");
    site.bringUp();
    Map<String, String> told = site.addressEnvironment("database");
    try (Connection old = connect(told);
        Statement statement = old.createStatement()) {
      assertThat(follows(statement)).isFalse();
      database.pointTo(spare);
      assertThatThrownBy(() -> statement.execute("insert into t values (1)"))
          .isInstanceOf(SQLException.class);
    }
    try (Connection fresh = connect(told);
        Statement statement = fresh.createStatement()) {
      assertThat(follows(statement)).isTrue();
    }
    assertThat(count(site.postgres("db"))).isZero();
  }

  @Test
  void itIsAProxyOfSomebodyElsesServerToo() throws Exception {
    try (FaultProxy theirs = FaultProxy.start()) {
      create(APPS, new SiteSettings(1, 1, Optional.of(theirs.api())));
      ServiceAddress www = site.address("www");
      App green = site.app("green");
      site.bringUp();
      try (KeptConnection stays = new KeptConnection(www)) {
        assertThat(stays.ask("COLOUR")).isEqualTo("blue");
        www.pointTo(green);
        assertThatThrownBy(() -> stays.ask("COLOUR")).isInstanceOf(IOException.class);
      }
      assertThat(askOnce(www, "COLOUR")).isEqualTo("green");
      Disturbance cut = green.cut();
      assertThatThrownBy(() -> askOnce(www, "COLOUR")).isInstanceOf(IOException.class);
      cut.end();
      ToxiproxyClient client = new ToxiproxyClient("127.0.0.1", theirs.api().getPort());
      assertThat(client.getProxies()).anyMatch(proxy -> proxy.getName().endsWith("-www"));
      site.close();
      assertThat(client.getProxies()).isEmpty();
    }
  }

  /** A JVM that brings a site up, says where it is, and waits to be killed. */
  static final class Maker {
    private Maker() {}

    public static void main(String[] arguments) throws Exception {
      EmbeddedSite site =
          EmbeddedSite.create(
              plan(Path.of(arguments[0]), APPS),
              new SiteSettings(
                  1,
                  1,
                  Optional.of(arguments[1])
                      .filter(port -> !port.isEmpty())
                      .map(Integer::valueOf)
                      .map(port -> new InetSocketAddress(InetAddress.getLoopbackAddress(), port))),
              Installations.ofThisMachine(System.getenv(), said -> {}));
      ServiceAddress www = site.address("www");
      App green = site.app("green");
      site.bringUp();
      www.pointTo(green);
      System.out.println(site.path() + " " + www.clientAddress().getPort());
      Thread.sleep(Duration.ofMinutes(10).toMillis());
    }
  }

  @Test
  void aKilledRunLeavesNothingOfIt() throws Exception {
    try (FaultProxy theirs = FaultProxy.start()) {
      for (String api : List.of("", String.valueOf(theirs.api().getPort()))) {
        Process maker =
            new ProcessBuilder(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    Maker.class.getName(),
                    folder.toString(),
                    api)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
          String[] said = maker.inputReader().readLine().split(" ", -1);
          int port = Integer.parseInt(said[1]);
          assertThat(FreePorts.isFree(port)).isFalse();
          List<ProcessHandle> processes = maker.descendants().toList();
          maker.destroyForcibly().waitFor();
          await()
              .atMost(Duration.ofSeconds(60))
              .until(() -> processes.stream().noneMatch(Signals::isRunning));
          EmbeddedSite.sweepLeftovers();
          await().atMost(Duration.ofSeconds(30)).until(() -> Files.notExists(Path.of(said[0])));
          assertThat(FreePorts.isFree(port)).isTrue();
        } finally {
          maker.destroyForcibly();
        }
      }
      assertThat(new ToxiproxyClient("127.0.0.1", theirs.api().getPort()).getProxies()).isEmpty();
    }
  }

  private static Connection connect(Map<String, String> told) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://%s:%s/%s?connectTimeout=2&loginTimeout=2&socketTimeout=5"
            .formatted(
                told.get("DATABASE_HOST"),
                told.get("DATABASE_PORT"),
                told.get("DATABASE_DATABASE")),
        told.get("DATABASE_USER"),
        told.get("DATABASE_PASSWORD"));
  }

  /** An app's: it keeps its connection, and makes another one when that is gone. */
  private static final class Pool implements AutoCloseable {
    private final Map<String, String> told;
    private Connection connection;

    Pool(Map<String, String> told) throws SQLException {
      this.told = told;
      this.connection = connect(told);
    }

    void insert(int id) throws SQLException {
      if (!connection.isValid(2)) {
        connection = connect(told);
      }
      try (Statement statement = connection.createStatement()) {
        statement.execute("insert into t values (" + id + ")");
      }
    }

    @Override
    public void close() throws SQLException {
      connection.close();
    }
  }

  private static boolean follows(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery("select pg_is_in_recovery()")) {
      row.next();
      return row.getBoolean(1);
    }
  }

  private static int count(Postgres db) throws SQLException {
    try (Connection connection = db.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select count(*) from t")) {
      row.next();
      return row.getInt(1);
    }
  }
}
