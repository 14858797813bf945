package dev.drillbook.verification;

import static dev.drillbook.verification.CacheFollows.cacheFollows;
import static dev.drillbook.verification.Erased.erased;
import static dev.drillbook.verification.ObjectReferences.objectsExist;
import static dev.drillbook.verification.Roles.noUnknownRoles;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drillbook.plan.ComponentSpec;
import dev.drillbook.plan.DrillPlan;
import dev.drillbook.plan.PlanLoader;
import dev.drillbook.site.ObjectStore;
import dev.drillbook.site.Postgres;
import dev.drillbook.site.Redis;
import dev.drillbook.site.Site;
import dev.drillbook.site.embedded.EmbeddedSite;
import dev.drillbook.site.embedded.Installations;
import dev.drillbook.snapshot.DatabaseImage;
import dev.drillbook.snapshot.DatabaseSnapshot;
import dev.drillbook.snapshot.RowFinder;
import dev.drillbook.timeline.Finding;
import dev.drillbook.timeline.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.params.SetParams;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** The checks that hold stores against each other, and those of who is in a database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AcrossStoresIT {
  private static final String ALL = "select key, etag, size from photos order by id";

  private DrillPlan plan;
  private Site site;
  private Postgres db;
  private Redis cache;
  private ObjectStore media;
  private S3Client s3;
  private Jedis redis;

  @BeforeAll
  void bringUp(@TempDir Path folder) throws Exception {
    Files.writeString(
        folder.resolve("schema.sql"),
        """
        create table photos (id int primary key, key text, etag text, size bigint);
        create table users (id int primary key, email text);
        """);
    plan =
        PlanLoader.load(
            Files.writeString(
                folder.resolve("plan.yaml"),
                """
                system: tiny
                title: A database, its cache and its objects
                components:
                  db:
                    kind: postgres
                    database: tiny
                    user: clerk
                    schema: schema.sql
                    tables: {photos: {mayBeEmpty: true}, users: {mayBeEmpty: true}}
                    erasures:
                      - {table: users, where: {email: erased@example.org}}
                      - {table: users, where: {id: "7", email: other@example.org}}
                  cache: {kind: redis}
                  media: {kind: object-store, buckets: {photos: {}}}
                backups:
                  db-dump: {component: db, schedule: "0 * * * *", retention: 1d, location: postgres, encryption: none}
                scenarios:
                  loss:
                    title: Loss
                    severity: P1
                    rto: 1h
                    rpo: 2h
                    backup: db-dump
                    steps:
                      - {id: restore, kind: automated, budget: 1m, restore: true}
                """));
    site = EmbeddedSite.create(plan, 1, Installations.ofThisMachine(System.getenv(), said -> {}));
    db = site.postgres("db");
    cache = site.redis("cache");
    media = site.objectStore("media");
    site.bringUp();
    s3 = media.connect();
    redis = cache.connect();
  }

  @AfterAll
  void close() {
    redis.close();
    s3.close();
    site.close();
  }

  @BeforeEach
  void fill() throws SQLException {
    execute("truncate photos, users");
    redis.flushAll();
    for (int i = 0; i < 3; i++) {
      String etag = put("photo" + i, "content " + i);
      execute("insert into photos values (%d, 'photo%d', '%s', 9)".formatted(i, i, etag));
    }
  }

  private String put(String key, String content) {
    return s3.putObject(object -> object.bucket("photos").key(key), RequestBody.fromString(content))
        .eTag();
  }

  private CheckResult references(String sql) {
    return examine(objectsExist("photos of rows", db, sql, media, "photos"));
  }

  @Test
  void whereEveryObjectIsWhatItsRowSaysReferencesPass() {
    CheckResult result = references(ALL);
    assertThat(result.verdict()).isEqualTo(Verdict.PASS);
    assertThat(result.name()).isEqualTo("photos of rows");
    assertThat(result.coverage()).isEqualTo("3 references from db to media.photos");
    assertThat(references("select key from photos").verdict()).isEqualTo(Verdict.PASS);
    assertThat(references("select key, null, null from photos").verdict()).isEqualTo(Verdict.PASS);
  }

  @Test
  void anObjectThatIsGoneIsNamed() {
    s3.deleteObject(object -> object.bucket("photos").key("photo1"));
    Finding finding = only(references(ALL));
    assertThat(finding.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(finding.found()).isEqualTo("1 of 3 are not");
    assertThat(finding.examples()).containsExactly("photo1");
  }

  @Test
  void anObjectOfAnotherContentOrSizeIsShown() throws SQLException {
    put("photo1", "content X");
    assertThat(only(references(ALL)).examples().get(0)).startsWith("photo1: the row says ");
    assertThat(references("select key, null, size from photos").verdict()).isEqualTo(Verdict.PASS);
    put("photo1", "content 1 and more");
    assertThat(only(references("select key, null, size from photos")).examples())
        .containsExactly("photo1: the row says 9 bytes, the object is 18 bytes");
  }

  @Test
  void aSha256IsHeldAgainstTheContent() {
    String hashes =
        "select key, encode(sha256(convert_to('content ' || id, 'UTF8')), 'hex') from photos";
    assertThat(references(hashes).verdict()).isEqualTo(Verdict.PASS);
    put("photo2", "content X");
    assertThat(only(references(hashes)).examples().get(0)).startsWith("photo2: the row says ");
  }

  @Test
  void rowsWithoutAKeyReferToNothingAndNoReferenceProvesNothing() throws SQLException {
    execute("update photos set key = null where id = 1");
    assertThat(references(ALL).coverage()).startsWith("2 references");
    assertThat(references("select key from photos where false").verdict())
        .isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void aStoreThatDoesNotAnswerIsUnknownAndNotAMissingObject() {
    media.stop();
    try {
      assertThat(only(references(ALL)).verdict()).isEqualTo(Verdict.UNKNOWN);
    } finally {
      media.start();
    }
  }

  private CheckResult cached(Map<String, String> truth) {
    return examine(
        cacheFollows(
            "cached prices", cache, key -> Optional.ofNullable(truth.get(key)), "price:*"));
  }

  @Test
  void aCacheThatSaysWhatTheDatabaseSaysPasses() {
    redis.set("price:1", "10");
    redis.set("price:2", "20", SetParams.setParams().ex(1_000));
    redis.set("other", "not looked at");
    CheckResult result = cached(Map.of("price:1", "10", "price:2", "20", "price:3", "30"));
    assertThat(result.verdict()).isEqualTo(Verdict.PASS);
    assertThat(result.coverage()).isEqualTo("2 cached values of cache like price:*");
  }

  @Test
  void aCachedValueThatIsOlderOrNewerOrOfNothingIsShown() {
    redis.set("price:1", "10");
    redis.set("price:2", "20");
    List<Finding> findings = cached(Map.of("price:1", "11")).findings();
    assertThat(findings)
        .flatExtracting(Finding::examples)
        .containsExactly(
            "price:1: the cache says '10', the database '11'", "price:2 is cached as '20'");
    assertThat(findings).extracting(Finding::verdict).containsOnly(Verdict.FAIL);
  }

  @Test
  void whatIsNoStringAndACacheThatHoldsNothingAreUnknown() {
    assertThat(cached(Map.of()).verdict()).isEqualTo(Verdict.UNKNOWN);
    redis.hset("price:1", "v", "10");
    assertThat(only(cached(Map.of("price:1", "10"))).verdict()).isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void theRolesOfANewServerAreKnown() {
    assertThat(db.knownRoles()).hasSize(3).contains("clerk");
    CheckResult result = examine(noUnknownRoles(db));
    assertThat(result.verdict()).isEqualTo(Verdict.PASS);
    assertThat(result.coverage()).isEqualTo("3 roles, of which 3 should be there");
  }

  @Test
  void aRoleThatGetsInOrIsMightyIsNamed() throws SQLException {
    assertThat(intruder("create role intruder login")).endsWith("role intruder may log in");
    assertThat(intruder("create role intruder superuser")).endsWith("role intruder is a superuser");
    assertThat(intruder("create role intruder login createrole"))
        .endsWith("role intruder may log in, may make roles");
    assertThat(intruder("create role intruder in role clerk"))
        .endsWith("role intruder is a member of clerk");
    assertThat(intruder("create role intruder in role pg_read_all_data"))
        .endsWith("role intruder is a member of pg_read_all_data");
    assertThat(intruder("create role intruder bypassrls"))
        .endsWith("role intruder may bypass row level security");
  }

  private String intruder(String made) throws SQLException {
    administer(made);
    try {
      Finding finding = only(examine(noUnknownRoles(db)));
      assertThat(finding.verdict()).isEqualTo(Verdict.FAIL);
      return finding.found();
    } finally {
      administer("drop role intruder");
    }
  }

  @Test
  void aRoleThatMayNothingPassesAndMembershipIsFollowed() throws SQLException {
    administer("create role readers");
    administer("create role inner_readers in role readers");
    assertThat(examine(noUnknownRoles(db)).verdict()).isEqualTo(Verdict.PASS);
    administer("grant clerk to readers");
    assertThat(examine(noUnknownRoles(db)).findings())
        .extracting(Finding::found)
        .containsExactly(
            "role inner_readers is a member of clerk", "role readers is a member of clerk");
    administer("drop role inner_readers");
    administer("drop role readers");
  }

  @Test
  void aKnownRoleThatGainedPowerIsNamed() throws SQLException {
    administer("alter role clerk superuser");
    assertThat(only(examine(noUnknownRoles(db))).found()).isEqualTo("it is a superuser");
    administer("alter role clerk nosuperuser");
    administer("alter role drillbook_replicator createrole");
    assertThat(only(examine(noUnknownRoles(db))).found())
        .isEqualTo("it may make roles, may replicate");
    administer("alter role drillbook_replicator nocreaterole");
    assertThat(examine(noUnknownRoles(db)).verdict()).isEqualTo(Verdict.PASS);
  }

  @Test
  void whoAskedToBeForgottenMustNotComeBack() throws SQLException {
    execute("insert into users values (7, 'erased@example.org'), (8, 'other@example.org')");
    CheckResult result = erasedSince(image());
    Finding finding = only(result);
    assertThat(finding.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(finding.found()).isEqualTo("1 row is there");
    assertThat(finding.toString()).doesNotContain("erased@example.org");
    DatabaseImage backup = image();
    execute("delete from users where email = 'erased@example.org'");
    assertThat(erasedSince(backup).verdict()).isEqualTo(Verdict.PASS);
    assertThat(erasedSince(backup).coverage())
        .isEqualTo("2 erasures, of which the backup is known to have held 1");
    execute("insert into users values (7, 'other@example.org')");
    assertThat(only(erasedSince(backup)).expected())
        .isEqualTo("no row of db.users where email is as the plan says and id is as the plan says");
  }

  @Test
  void aTableThatIsNotThereIsUnknown() throws SQLException {
    execute("alter table users rename to people");
    try {
      assertThat(erasedSince(image()).verdict()).isEqualTo(Verdict.UNKNOWN);
    } finally {
      execute("alter table people rename to users");
    }
  }

  private CheckResult erasedSince(DatabaseImage checkpoint) {
    Evidence.Database database =
        new Evidence.Database(
            (ComponentSpec.Postgres) plan.components().get("db"),
            db,
            Optional.of(checkpoint),
            Optional.empty(),
            Optional.empty(),
            "",
            RowFinder.AMONG_KEPT_ROWS);
    return Examiner.examine(
            List.of(erased()), new Evidence(List.of(database), Evidences.ofNothing().clients()))
        .get(0);
  }

  private DatabaseImage image() throws SQLException {
    try (DatabaseSnapshot snapshot = DatabaseSnapshot.open(db)) {
      return snapshot.read();
    }
  }

  private static CheckResult examine(Check check) {
    return Examiner.examine(List.of(check), Evidences.ofNothing()).get(0);
  }

  private static Finding only(CheckResult result) {
    assertThat(result.findings()).hasSize(1);
    return result.findings().get(0);
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = db.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private void administer(String sql) throws SQLException {
    try (Connection connection = db.administer("postgres");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
