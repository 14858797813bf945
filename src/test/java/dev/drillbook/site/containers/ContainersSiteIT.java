package dev.drillbook.site.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.drillbook.fault.ActiveFault;
import dev.drillbook.fault.Cut;
import dev.drillbook.fault.Scene;
import dev.drillbook.plan.PlanLoader;
import dev.drillbook.site.App;
import dev.drillbook.site.Condition;
import dev.drillbook.site.Postgres;
import dev.drillbook.site.Redis;
import dev.drillbook.site.Site;
import dev.drillbook.site.SiteSettings;
import dev.drillbook.site.Transcript;
import dev.drillbook.site.embedded.EchoApp;
import dev.drillbook.timeline.DrillException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/** What a drill does to a site, in containers of the images that this machine has made. */
class ContainersSiteIT {
  @TempDir Path folder;
  private Site site;

  @BeforeEach
  void make() throws IOException {
    LocalEngine.require();
    Files.writeString(folder.resolve("schema.sql"), "create table t (id bigint primary key);");
    script("dump.sh", "pg_dump --format=custom --file=\"$BACKUP_DIR/t.dump\"");
    script(
        "restore.sh",
        "pg_restore --dbname=\"$PGDATABASE\" --clean --if-exists \"$BACKUP_DIR/t.dump\"");
    script("where.sh", "echo \"$PGHOST of $(cat /etc/hostname | wc -c)\"; exit 3");
    script("slow.sh", "echo begun; sleep 60");
    Path plan =
        Files.writeString(
            folder.resolve("plan.yaml"),
            """
            system: tiny
            title: A database, its cache and an app
            components:
              db:
                kind: postgres
                database: tiny
                user: clerk
                schema: schema.sql
                tables: {t: {mayBeEmpty: true}}
              cache: {kind: redis, persistence: aof}
              echo:
                kind: app
                command: ["{java}", "-cp", "{classpath}", %s]
                health: /HOME
                needs: [db, cache]
            backups:
              dump: {component: db, schedule: "0 * * * *", retention: 1d, location: dumps, encryption: none}
            scenarios:
              loss:
                title: Loss
                severity: P1
                rto: 1h
                rpo: 2h
                backup: dump
                steps:
                  - {id: restore, kind: automated, budget: 1m, restore: true}
            """
                .formatted(EchoApp.class.getName()));
    site =
        new Containers(System.getenv(), true)
            .create(PlanLoader.load(plan), SiteSettings.ofScale(1));
  }

  private void script(String name, String body) throws IOException {
    Path script = Files.createDirectories(folder.resolve("scripts")).resolve(name);
    Files.writeString(script, "#!/usr/bin/env bash\nset -euo pipefail\n" + body + "\n");
    assertThat(script.toFile().setExecutable(true)).isTrue();
  }

  @AfterEach
  void close() {
    LocalEngine.close(site);
  }

  @Test
  void aDatabaseLivesThroughWhatADrillDoesToIt() throws Exception {
    Postgres db = site.postgres("db");
    site.bringUp();
    assertThat(db.describe())
        .startsWith("db: PostgreSQL 15")
        .endsWith("image drillbook/postgres:local");
    assertThat(site.describe()).anyMatch(line -> line.startsWith("network: Toxiproxy 2.12"));
    insert(db, 1, 100);
    run(db, "dump.sh");
    insert(db, 101, 150);

    InetSocketAddress address = db.clientAddress();
    db.kill();
    assertThat(db.condition()).isEqualTo(Condition.DOWN);
    assertThatThrownBy(db::connect).isInstanceOf(SQLException.class);
    db.start();
    assertThat(db.clientAddress()).isEqualTo(address);
    assertThat(count(db)).isEqualTo(150);

    db.pause();
    assertThat(db.condition()).isEqualTo(Condition.PAUSED);
    db.resume();
    assertThat(count(db)).isEqualTo(150);

    db.kill();
    db.destroyData();
    assertThatThrownBy(db::start).hasMessageContaining("db has no data directory");
    db.provision();
    run(db, "restore.sh");
    assertThat(count(db)).isEqualTo(100);
    db.stop();
    db.start();
    assertThat(count(db)).isEqualTo(100);
  }

  @Test
  void aScriptRunsBesideItsStoreAndSaysHowItEnded() {
    Postgres db = site.postgres("db");
    site.bringUp();
    Transcript transcript = new Transcript(site.secrets());
    assertThatThrownBy(() -> db.script("where.sh").perform(transcript, Duration.ofSeconds(30)))
        .isInstanceOf(DrillException.class)
        .hasMessageContaining("where.sh failed with exit code 3")
        .hasMessageContaining("db of 13");
    long before = System.nanoTime();
    assertThatThrownBy(() -> db.script("slow.sh").perform(transcript, Duration.ofSeconds(3)))
        .hasMessageContaining("slow.sh was not done after 3 s and was killed");
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(30));
  }

  @Test
  void anAppReachesWhatItNeedsThroughTheNetworkThatCanBeCut() throws Exception {
    App echo = site.app("echo");
    Redis cache = site.redis("cache");
    site.bringUp();
    assertThat(ask(echo, "DB_HOST")).isEqualTo("network");
    assertThat(ask(echo, "CACHE_PORT")).isEqualTo(String.valueOf(cache.clientAddress().getPort()));
    try (Jedis client = cache.connect()) {
      client.set("a", "1");
    }
    cache.kill();
    cache.start();
    try (Jedis client = cache.connect()) {
      assertThat(client.get("a")).isEqualTo("1");
    }
    ActiveFault cut = Cut.cut(echo).inject(Scene.of(site.undoJournal(), 1, 0));
    assertThat(cut.bite().bit()).as(cut.bite().evidence()).isTrue();
    assertThatThrownBy(() -> ask(echo, "HOME")).isInstanceOf(IOException.class);
    cut.close();
    assertThat(cut.bite().bit()).as(cut.bite().evidence()).isFalse();
    await().ignoreExceptions().until(() -> ask(echo, "HOME").equals("/tmp"));
    echo.stop();
    assertThat(echo.logTail(1)).containsExactly("goodbye");
    assertThatThrownBy(() -> ask(echo, "HOME")).isInstanceOf(IOException.class);
  }

  private static String ask(App app, String variable) throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(app.address() + "/" + variable))
                .timeout(Duration.ofSeconds(5))
                .build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }

  private void run(Postgres db, String script) throws Exception {
    db.script(script).perform(new Transcript(site.secrets()), Duration.ofMinutes(1));
  }

  private static void insert(Postgres db, int from, int to) throws SQLException {
    try (Connection connection = db.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("insert into t select generate_series(" + from + ", " + to + ")");
    }
  }

  private static long count(Postgres db) throws SQLException {
    try (Connection connection = db.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select count(*) from t")) {
      row.next();
      return row.getLong(1);
    }
  }
}
