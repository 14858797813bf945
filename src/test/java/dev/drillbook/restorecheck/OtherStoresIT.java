package dev.drillbook.restorecheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.drillbook.catalogue.Pick;
import dev.drillbook.plan.DrillPlan;
import dev.drillbook.plan.PlanLoader;
import dev.drillbook.site.Mongo;
import dev.drillbook.site.Redis;
import dev.drillbook.site.SiteSettings;
import dev.drillbook.site.embedded.EmbeddedSite;
import dev.drillbook.site.embedded.Installations;
import dev.drillbook.timeline.Verdict;
import dev.drillbook.verification.CheckResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backups of other stores than PostgreSQL, taken and restored for real. */
class OtherStoresIT {
  private static final Installations PROGRAMS =
      Installations.ofThisMachine(System.getenv(), said -> {});

  @TempDir Path folder;

  private DrillPlan plan(String component, String files) throws IOException {
    return plan(component, files, "");
  }

  private DrillPlan plan(String component, String files, String assertions) throws IOException {
    return PlanLoader.load(
        Files.writeString(
            folder.resolve("plan.yaml"),
            """
            system: tiny
            title: One small store
            components:
              store: %s
            backups:
              dump: {component: store, retention: 7d, location: store, encryption: none}
            restoreChecks:
              dump:
                files: "%s"
                %s
            scenarios:
              loss:
                title: Loss
                severity: P1
                rto: 1h
                notDrilled: only its backups are looked at
                steps: [{id: restore, kind: automated, budget: 1h, restore: true}]
            """
                .formatted(component, files, assertions)));
  }

  private static RestoreCheckRecord check(DrillPlan plan, Path catalogue) {
    List<RestoreCheckRecord> records = new ArrayList<>();
    new RestoreChecks(
            plan,
            catalogue.toString(),
            Pick.parse("newest"),
            1,
            of -> EmbeddedSite.create(of, SiteSettings.ofScale(1), PROGRAMS),
            System.getenv())
        .run(plan.restoreChecks().get("dump"), Optional.empty(), records::add);
    assertThat(records).hasSize(1);
    return records.get(0);
  }

  private static void isRed(RestoreCheckRecord record, String subject) {
    assertThat(record.verdict()).as(CheckText.of(record)).isEqualTo(Verdict.FAIL);
    assertThat(record.findings().get(0).subject()).contains(subject);
  }

  @Test
  void keysOfRedisComeBackFromAnRdbFile() throws Exception {
    DrillPlan plan = plan("{kind: redis, persistence: rdb}", "*.rdb");
    Path catalogue = Files.createDirectories(folder.resolve("catalogue"));
    Path backup = catalogue.resolve("carts.rdb");
    try (EmbeddedSite site = EmbeddedSite.create(plan, SiteSettings.ofScale(1), PROGRAMS)) {
      Redis redis = site.redis("store");
      site.bringUp();
      try (var client = redis.connect()) {
        for (int i = 0; i < 25; i++) {
          client.set("cart:" + i, "filled");
        }
        client.save();
      }
      Files.copy(redis.rdbFile(), backup);
    }
    RestoreCheckRecord good = check(plan, catalogue);
    assertThat(good.findings()).as(CheckText.of(good)).isEmpty();
    assertThat(good.verdict()).isEqualTo(Verdict.PASS);
    assertThat(good.rows()).isEqualTo(25);

    byte[] bytes = Files.readAllBytes(backup);
    bytes[bytes.length / 2] ^= 1;
    Files.write(backup, bytes);
    isRed(check(plan, catalogue), "restore");
    Files.writeString(backup, "no keys at all");
    isRed(check(plan, catalogue), "unpack");
  }

  @Test
  void documentsComeBackFromWhatMongodumpWrites() throws Exception {
    DrillPlan plan =
        plan("{kind: mongo, database: shop, collections: {orders: {minimumRows: 20}}}", "dump_*/");
    Path catalogue = Files.createDirectories(folder.resolve("catalogue"));
    Path dump = catalogue.resolve("dump_1");
    try (EmbeddedSite site = EmbeddedSite.create(plan, SiteSettings.ofScale(1), PROGRAMS)) {
      Mongo mongo = site.mongo("store");
      site.bringUp();
      try (var client = mongo.connect()) {
        for (int i = 0; i < 20; i++) {
          client.getDatabase("shop").getCollection("orders").insertOne(new Document("ref", i));
        }
      }
      mongo
          .tool(
              "/bin/sh",
              "-c",
              "exec mongodump --uri=\"$MONGO_URI\" --db=shop --out=" + dump,
              "mongodump")
          .perform();
    }
    RestoreCheckRecord good = check(plan, catalogue);
    assertThat(good.findings()).as(CheckText.of(good)).isEmpty();
    assertThat(good.verdict()).isEqualTo(Verdict.PASS);
    assertThat(good.rows()).isEqualTo(20);

    String kind = "{kind: mongo, database: shop, collections: {orders: {minimumRows: 20}}}";
    RestoreCheckRecord asserted =
        check(
            plan(
                kind,
                "dump_*/",
                """
                assertions: [{id: no-great-ref, collection: orders, find: '{"ref": {"$gt": 17}}'},
                 {id: no-negative-ref, collection: orders, aggregate: '[{"$match": {"ref": {"$lt": 0}}}, {"$limit": 3}]'},
                 {id: no-lost-bill, collection: bills, find: '{}'}]
                """
                    .strip()),
            catalogue);
    isRed(asserted, "assertion");
    assertThat(asserted.checks())
        .extracting(CheckResult::name, CheckResult::verdict)
        .contains(
            tuple("assertion no-great-ref", Verdict.FAIL),
            tuple("assertion no-negative-ref", Verdict.PASS),
            tuple("assertion no-lost-bill", Verdict.FAIL));
    assertThat(asserted.findings().get(0).found()).isEqualTo("2 documents");
    assertThat(asserted.findings().get(0).examples())
        .anySatisfy(example -> assertThat(example).contains("\"ref\": 18"));

    Path orders = dump.resolve("shop").resolve("orders.bson");
    byte[] bytes = Files.readAllBytes(orders);
    Files.write(orders, Arrays.copyOf(bytes, bytes.length / 2));
    assertThat(check(plan, catalogue).verdict()).isEqualTo(Verdict.FAIL);
    Files.delete(orders);
    assertThat(check(plan, catalogue).verdict()).isEqualTo(Verdict.FAIL);
  }

  private Path uploads() throws IOException {
    Path uploads = Files.createDirectories(folder.resolve("uploads"));
    for (int i = 0; i < 12; i++) {
      Path file = uploads.resolve("2026").resolve("photo " + i + ".jpg.gz");
      Files.createDirectories(file.getParent());
      Files.write(file, new byte[] {31, -117, 8, (byte) i});
    }
    return uploads;
  }

  @Test
  void filesOfATarArchiveComeBackAsObjects() throws Exception {
    Path uploads = uploads();
    Path catalogue = Files.createDirectories(folder.resolve("catalogue"));
    Path archive = catalogue.resolve("uploads_20261105.tar.gz");
    Process tar =
        new ProcessBuilder("tar", "-czf", archive.toString(), "-C", folder.toString(), "uploads")
            .inheritIO()
            .start();
    assertThat(tar.waitFor()).isZero();
    String store = "{kind: object-store, buckets: {uploads: {}}}";
    DrillPlan plan = plan(store, "uploads_{yyyyMMdd}.tar.gz", "minimumObjects: 12");
    RestoreCheckRecord good = check(plan, catalogue);
    assertThat(good.verdict()).as(CheckText.of(good)).isEqualTo(Verdict.PASS);
    assertThat(good.rows()).isEqualTo(12);

    RestoreCheckRecord tooFew =
        check(plan(store, "uploads_{yyyyMMdd}.tar.gz", "minimumObjects: 13"), catalogue);
    isRed(tooFew, "object count");
    RestoreCheckRecord nowhere =
        check(
            plan(
                "{kind: object-store, buckets: {photos: {}, bills: {}}}",
                "uploads_{yyyyMMdd}.tar.gz",
                "minimumObjects: 12"),
            catalogue);
    isRed(nowhere, "restore");
    assertThat(nowhere.findings().get(0).found())
        .contains("is in no folder that is called as a bucket");
    byte[] whole = Files.readAllBytes(archive);
    Files.write(archive, Arrays.copyOf(whole, whole.length - 9));
    isRed(check(plan, catalogue), "unpack");
    assertThat(uploads).isDirectory();
  }

  @Test
  void filesThatWereCopiedAsTheyAreComeBackAsTheyAre() throws Exception {
    Path uploads = uploads();
    Path catalogue = Files.createDirectories(folder.resolve("catalogue"));
    Files.move(uploads, catalogue.resolve("copy_20261105"));
    DrillPlan plan =
        plan(
            "{kind: object-store, buckets: {uploads: {}}}",
            "copy_{yyyyMMdd}/",
            "minimumObjects: 12");
    // They are no whole gzip files: unpacked, they would be refused.
    RestoreCheckRecord good = check(plan, catalogue);
    assertThat(good.rows()).as(CheckText.of(good)).isEqualTo(12);
    assertThat(good.verdict()).as(CheckText.of(good)).isEqualTo(Verdict.PASS);
  }
}
