package dev.drillbook.site.containers;

import static dev.drillbook.fault.DenyUser.deny;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.MongoClient;
import dev.drillbook.fault.ActiveFault;
import dev.drillbook.fault.Scene;
import dev.drillbook.plan.DrillPlan;
import dev.drillbook.plan.PlanLoader;
import dev.drillbook.site.Mongo;
import dev.drillbook.site.ObjectStore;
import dev.drillbook.site.PostgresStandby;
import dev.drillbook.site.Site;
import dev.drillbook.site.SiteSettings;
import dev.drillbook.site.Transcript;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** The stores that have stand-ins, and a standby, in containers. */
class StoresInContainersIT {
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

  private void create(String components, String backupOf) throws Exception {
    Files.writeString(folder.resolve("schema.sql"), "create table t (id bigint primary key);");
    DrillPlan plan =
        PlanLoader.load(
            Files.writeString(
                folder.resolve("plan.yaml"),
                """
                system: tiny
                title: One store
                components:
                %s
                backups:
                  dump: {component: %s, schedule: "0 * * * *", retention: 1d, location: dumps, encryption: none}
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
                    .formatted(components.indent(2), backupOf)));
    site = new Containers(System.getenv(), true).create(plan, SiteSettings.ofScale(1));
  }

  private void script(String name, String body) throws Exception {
    Path script = Files.createDirectories(folder.resolve("scripts")).resolve(name);
    Files.writeString(script, "#!/usr/bin/env bash\nset -euo pipefail\n" + body + "\n");
    assertThat(script.toFile().setExecutable(true)).isTrue();
  }

  @Test
  void documentsComeBackFromADump() throws Exception {
    script("dump.sh", "mongodump --uri=\"$MONGO_URI\" --out=\"$BACKUP_DIR/dump\"");
    script("restore.sh", "mongorestore --uri=\"$MONGO_URI\" \"$BACKUP_DIR/dump\"");
    create(
        "store: {kind: mongo, seed: ['{java}', -version], database: shop, collections: {orders: {mayBeEmpty: true}}}",
        "store");
    Mongo store = site.mongo("store");
    site.bringUp();
    assertThat(store.describe()).startsWith("store: a stand-in for MongoDB");
    Transcript transcript = new Transcript(site.secrets());
    try (MongoClient client = store.connect()) {
      client.getDatabase("shop").getCollection("orders").insertOne(new Document("_id", 1));
    }
    store.script("dump.sh").perform(transcript, Duration.ofMinutes(1));
    store.kill();
    store.start();
    store.provision();
    store.script("restore.sh").perform(transcript, Duration.ofMinutes(1));
    try (MongoClient client = store.connect()) {
      assertThat(client.getDatabase("shop").getCollection("orders").countDocuments()).isEqualTo(1);
    }
  }

  @Test
  void aUserOfAnObjectStoreIsDeniedUntilThatIsHealed() throws Exception {
    create(
        "store: {kind: object-store, buckets: {media: {versioning: true}}, users: [shop]}",
        "store");
    ObjectStore store = site.objectStore("store");
    site.bringUp();
    assertThat(store.describe()).startsWith("store: a stand-in for S3");
    try (S3Client shop = store.connect("shop")) {
      shop.putObject(r -> r.bucket("media").key("a"), RequestBody.fromString("1"));
      store.kill();
      store.start();
      ActiveFault denied = deny(store, "shop").inject(Scene.of(site.undoJournal(), 1, 0));
      assertThat(denied.bite().bit()).as(denied.bite().evidence()).isTrue();
      assertThatThrownBy(() -> shop.headObject(r -> r.bucket("media").key("a")))
          .isInstanceOf(S3Exception.class);
      denied.close();
      assertThat(shop.headObject(r -> r.bucket("media").key("a")).contentLength()).isEqualTo(1);
    }
  }

  @Test
  void aStandbyTakesOver() throws Exception {
    create(
        """
        db: {kind: postgres, database: tiny, user: clerk, schema: schema.sql, tables: {t: {mayBeEmpty: true}}}
        spare: {kind: postgres-standby, of: db}
        """,
        "db");
    PostgresStandby spare = site.standby("spare");
    site.bringUp();
    assertThat(spare.follows()).isTrue();
    site.postgres("db").kill();
    spare.promote();
    try (Connection connection = spare.connect();
        Statement statement = connection.createStatement()) {
      assertThat(statement.executeUpdate("insert into t values (1)")).isEqualTo(1);
    }
  }
}
