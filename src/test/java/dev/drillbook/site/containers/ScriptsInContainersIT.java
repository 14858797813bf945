package dev.drillbook.site.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drillbook.plan.PlanLoader;
import dev.drillbook.site.App;
import dev.drillbook.site.Command;
import dev.drillbook.site.Mongo;
import dev.drillbook.site.ObjectStore;
import dev.drillbook.site.Postgres;
import dev.drillbook.site.Redis;
import dev.drillbook.site.Site;
import dev.drillbook.site.SiteSettings;
import dev.drillbook.site.Transcript;
import dev.drillbook.site.embedded.EchoApp;
import dev.drillbook.timeline.DrillException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a script finds in a container: tools, processes, addresses, and where it may write. */
class ScriptsInContainersIT {
  @TempDir Path folder;
  private Site site;

  @BeforeEach
  void requireEngine() {
    LocalEngine.require();
  }

  @AfterEach
  void close() {
    LocalEngine.close(site);
  }

  private void create(String components) throws Exception {
    Files.writeString(folder.resolve("schema.sql"), "create table t (id bigint primary key);");
    Path plan =
        Files.writeString(
            folder.resolve("plan.yaml"),
            """
            system: tiny
            title: What scripts work on
            components:
            %s
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
                .formatted(
                    ("""
                    db: {kind: postgres, database: tiny, user: clerk, schema: schema.sql, tables: {t: {mayBeEmpty: true}}}
                    """
                            + components)
                        .indent(2)));
    site =
        new Containers(System.getenv(), true)
            .create(PlanLoader.load(plan), SiteSettings.ofScale(1));
  }

  private void script(String name, String body) throws IOException {
    Path script = Files.createDirectories(folder.resolve("scripts")).resolve(name);
    Files.writeString(script, "#!/usr/bin/env bash\nset -euo pipefail\n" + body + "\n");
    assertThat(script.toFile().setExecutable(true)).isTrue();
  }

  private List<String> run(Command script) throws Exception {
    Transcript transcript = new Transcript(site.secrets());
    script.perform(transcript, Duration.ofMinutes(1));
    return transcript.tail(20);
  }

  @Test
  void theToolboxSpeaksToEveryStore() throws Exception {
    script("sql.sh", "psql -X -At -c 'select 40 + 2'");
    script("redis.sh", "redis-cli -h \"$REDIS_HOST\" -p \"$REDIS_PORT\" set a 1");
    script(
        "mongo.sh",
        "mongosh --quiet \"$MONGO_URI\" --eval 'db.orders.countDocuments({})' | tail -n 1");
    script(
        "objects.sh",
        "echo text | aws s3 cp - s3://media/ä >/dev/null; aws s3 cp s3://media/ä -;"
            + " for tool in gpg openssl curl jq gzip zstd xz tar; do command -v \"$tool\" >/dev/null; done");
    create(
        """
        cache: {kind: redis, persistence: none}
        documents: {kind: mongo, seed: ['{java}', -version], database: shop, collections: {orders: {mayBeEmpty: true}}}
        objects: {kind: object-store, buckets: {media: {}}}
        """);
    Postgres db = site.postgres("db");
    Redis cache = site.redis("cache");
    Mongo documents = site.mongo("documents");
    ObjectStore objects = site.objectStore("objects");
    site.bringUp();

    assertThat(run(db.script("sql.sh"))).containsExactly("42");
    assertThat(run(cache.script("redis.sh"))).containsExactly("OK");
    assertThat(run(documents.script("mongo.sh"))).containsExactly("0");
    assertThat(run(objects.script("objects.sh"))).containsExactly("text");
    assertThat(site.describe())
        .anyMatch(
            line ->
                line.startsWith("scripts run in tools for scripts (PostgreSQL")
                    && line.endsWith("image drillbook/toolbox:local"));
  }

  @Test
  void aServersNumberIsItsOwnAndGoneWithIt() throws Exception {
    script("alive.sh", "kill -0 \"$(head -n 1 \"$PGDATA/postmaster.pid\")\" && echo it runs");
    create("");
    Postgres db = site.postgres("db");
    site.bringUp();
    assertThat(run(db.script("alive.sh"))).containsExactly("it runs");
    db.kill();
    assertThatThrownBy(() -> run(db.script("alive.sh")))
        .isInstanceOf(DrillException.class)
        .hasMessageContaining("No such process");
    db.start();
    assertThat(run(db.script("alive.sh"))).containsExactly("it runs");
  }

  @Test
  void anAddressOfClientsLeadsAScriptWhereItLeadsThem() throws Exception {
    script("ask.sh", "curl --silent --show-error --max-time 10 \"$ADDRESS/COLOUR\"");
    create(
        "shop: {kind: app, command: [\"{java}\", -cp, \"{classpath}\", %s], health: /HOME, environment: {COLOUR: blue}}"
            .formatted(EchoApp.class.getName()));
    App shop = site.app("shop");
    site.bringUp();
    assertThat(run(shop.script("ask.sh").with("ADDRESS", () -> shop.address().toString())))
        .containsExactly("blue");
  }

  @Test
  void aScriptMayWriteBesideTheBackups() throws Exception {
    script(
        "keep.sh",
        "umask 077; mkdir \"$BACKUP_DIR/../vault\"; echo kept >\"$BACKUP_DIR/../vault/it\"");
    create("");
    Postgres db = site.postgres("db");
    site.bringUp();
    run(db.script("keep.sh"));
  }

  /** A shell that waits for its child has no handler, and would be the first process otherwise. */
  @Test
  void anAppBehindAShellHearsThatItIsToStop() throws Exception {
    create(
        "shop: {kind: app, command: [sh, -c, '\"$@\"; exit 1', sh, \"{java}\", -cp, \"{classpath}\", %s], health: /HOME}"
            .formatted(EchoApp.class.getName()));
    App shop = site.app("shop");
    site.bringUp();
    shop.stop();
    assertThat(shop.logTail(3)).noneMatch(line -> line.contains("did not stop"));
    shop.start();
  }
}
