package onetouch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.drillbook.objective.WorstCase;
import dev.drillbook.plan.DrillPlan;
import dev.drillbook.plan.PlanLoader;
import dev.drillbook.site.App;
import dev.drillbook.site.Command;
import dev.drillbook.site.Disturbance;
import dev.drillbook.site.ObjectStore;
import dev.drillbook.site.Postgres;
import dev.drillbook.site.Redis;
import dev.drillbook.site.embedded.EmbeddedSite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import onetouch.OneTouchSite.Outcome;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import web.ApiClient;

/**
 * What the runbook's own commands do, against real servers; the numbers are those of
 * drills/FINDINGS.md. The runbook does not show its script that restores: the usual {@code gunzip
 * -c FILE | psql URL} stands for it.
 */
@SuppressWarnings("try") // A cut is only held until it ends.
class AsWrittenIT {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final String RESTORE = "gunzip -c \"$BACKUP\" | psql";

  @TempDir static Path folder;

  private static EmbeddedSite site;
  private static Postgres db;
  private static Postgres scratch;
  private static Redis cache;
  private static ObjectStore s3;
  private static App mail;
  private static App server;
  private static CardClient cards;

  /** What the server shows of a card after the restore; null before that. */
  private static String shown;

  @BeforeAll
  static void up() {
    site = OneTouchSite.create();
    db = site.postgres("db");
    scratch = site.postgres("scratch");
    cache = site.redis("cache");
    s3 = site.objectStore("s3");
    mail = site.app("mail");
    server = site.app("server");
    site.bringUp();
    cards = new CardClient(server::address);
  }

  @AfterAll
  static void down() {
    site.close();
    assertThat(site.leftovers()).isEmpty();
  }

  /** OT-1. */
  @Test
  void aDumpEverySixHoursCanLoseSixHoursWhereOneIsPromised() {
    assertThat(worstCase(PlanLoader.loadAsWritten(OneTouchSite.PLAN)))
        .isGreaterThan(Duration.ofHours(6));
    assertThat(worstCase(PlanLoader.load(OneTouchSite.PLAN))).isLessThan(Duration.ofHours(1));
  }

  private static Duration worstCase(DrillPlan plan) {
    return WorstCase.of(
            plan.backupsOf("db"), policy -> policy.takes().orElse(Duration.ofMinutes(5)))
        .flatMap(WorstCase::loss)
        .orElseThrow();
  }

  /** OT-2. */
  @Test
  void nobodyUploadsTheLatestBackupThatIsToBeDownloaded() throws Exception {
    Map<String, String> backups = Map.of("BACKUP_DIR", folder.resolve("ot2").toString());
    assertThat(shell(db.script("backup-database.sh"), backups, script("backup-database.sh")))
        .extracting(Outcome::exit)
        .isEqualTo(0);
    Outcome shipped =
        shell(s3.script("ship-backup.sh"), backups, script("ship-backup.sh") + " $BACKUP_DIR");
    assertThat(shipped.exit()).as(shipped.err()).isEqualTo(0);

    Outcome asWritten =
        shell(
            s3.script("ship-backup.sh"),
            backups,
            "aws s3 cp s3://backups/database/latest.sql.gz $BACKUP_DIR/");

    assertThat(asWritten.exit()).isEqualTo(1);
    assertThat(asWritten.err()).contains("404");
    assertThat(folder.resolve("ot2/latest.sql.gz")).doesNotExist();
  }

  /** OT-3. */
  @Test
  void aRestoreOverWhatIsThereEndsWell_restoresNothing_andSaysSoInErrorsOnly() throws Exception {
    String database = newDatabase("ot3");
    Path backup = dump(database, "pg_dump");
    sql(database, "update \"Card\" set \"title\" = 'damaged' where \"slug\" = 'seed-1'");
    sql(database, "insert into \"Brand\" (\"id\", \"name\") values ('new', 'since the backup')");

    Outcome asWritten = shell(db, database, Map.of("BACKUP", backup.toString()), RESTORE);

    assertThat(asWritten.exit()).isEqualTo(0);
    assertThat(asWritten.err().lines().filter(line -> line.contains("ERROR:")).count())
        .isGreaterThan(20);
    assertThat(sql(database, "select \"title\" from \"Card\" where \"slug\" = 'seed-1'"))
        .isEqualTo("damaged");
    assertThat(sql(database, "select count(*) from \"Brand\" where \"id\" = 'new'")).isEqualTo("1");
    // The runbook's own look afterwards is content.
    assertThat(shell(db, database, Map.of(), "psql -c 'SELECT COUNT(*) FROM \"Brand\";'").exit())
        .isEqualTo(0);
  }

  /** OT-3, too: what a cut-off dump leaves out is not missed. */
  @Test
  void aDumpThatWasCutOffBetweenTwoTablesRestoresWithoutAnError() throws Exception {
    String full = newDatabase("ot3_full");
    String empty = emptyDatabase("ot3_cut");
    Path backup = dump(full, "pg_dump | sed '/^COPY public.\"Email\"/,$d'");

    Outcome asWritten = shell(db, empty, Map.of("BACKUP", backup.toString()), RESTORE);

    assertThat(asWritten.exit()).isEqualTo(0);
    assertThat(asWritten.err()).doesNotContain("ERROR");
    assertThat(sql(empty, "select count(*) from \"Card\"")).isEqualTo("1000");
    assertThat(sql(empty, "select count(*) from \"User\"")).isEqualTo("0");
    assertThat(sql(empty, "select count(*) from pg_constraint where contype = 'f'")).isEqualTo("0");
  }

  /** OT-4. */
  @Test
  void onANewServerTheGrantsOfTheOldOneAreLostWithoutAnErrorCode() throws Exception {
    String database = newDatabase("ot4");
    administer("create role reporting login");
    sql(database, "grant select on \"Card\" to reporting");
    Path backup = dump(database, "pg_dump");

    Outcome asWritten =
        shell(
            scratch.script("test-database.sh"),
            Map.of("BACKUP", backup.toString(), "PGDATABASE", emptyDatabase(scratch, "ot4")),
            RESTORE);

    assertThat(asWritten.exit()).isEqualTo(0);
    assertThat(asWritten.err()).contains("ERROR:  role \"reporting\" does not exist");
  }

  /** OT-5. */
  @Test
  void afterARestoreCardsNamePhotosThatAreDeletedByNow() throws Exception {
    restoreAsWritten();

    Card.Photo photo = PhotoStore.named("ot", "a face".getBytes(UTF_8));
    assertThat(sql("select \"photoKey\" from \"Card\" where \"slug\" = 'ot'"))
        .isEqualTo(photo.key());
    try (S3Client client = s3.connect()) {
      assertThatThrownBy(() -> client.getObject(r -> r.bucket("assets").key(photo.key())).close())
          .isInstanceOf(NoSuchKeyException.class);
    }
    Outcome asWritten =
        shell(
            Scripts.both(s3.script("test-s3.sh"), server.script("test-s3.sh")),
            Map.of(),
            script("test-s3.sh"));
    assertThat(asWritten.exit()).as("what the runbook verifies: " + asWritten.err()).isEqualTo(0);
  }

  /** OT-6. */
  @Test
  void afterARestoreTheServerShowsWhatOnlyTheCacheKnows() throws Exception {
    restoreAsWritten();

    assertThat(sql("select \"title\" from \"Card\" where \"slug\" = 'ot'")).isEqualTo("Sales");
    assertThat(shown).startsWith("2|").endsWith("|Director");
  }

  /** OT-9. */
  @Test
  void afterARestoreEmailsAreSentAgain() throws Exception {
    restoreAsWritten();

    String id = sql("select \"id\"::text from \"Email\" where \"subject\" = 'as written'");
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(timesGiven(id)).isEqualTo(2));
  }

  /** Scenario 1 from its fourth step on, once for all who look at what it leaves. */
  private static synchronized void restoreAsWritten() throws Exception {
    if (shown != null) {
      return;
    }
    cards.create("ot", "user-1", "Sales", Optional.of("a face"), PATIENCE);
    // Due in two seconds: the backup has it as pending, whatever the machine is busy with.
    sql(
        "insert into \"Email\" (\"cardId\", \"recipient\", \"subject\", \"createdAt\")"
            + " select max(\"id\"), 'user1@example.com', 'as written', now() + interval '2 s'"
            + " from \"Card\"");
    String id = sql("select \"id\"::text from \"Email\" where \"subject\" = 'as written'");
    Map<String, String> backups = Map.of("BACKUP_DIR", folder.resolve("flow").toString());
    Outcome backup = shell(db.script("backup-database.sh"), backups, script("backup-database.sh"));
    cards.update("ot", "Director", Optional.of("another"), PATIENCE);
    await().atMost(PATIENCE).until(() -> timesGiven(id) == 1);
    server.stop();
    db.script("restore-database.sh", backup.out().strip()).perform();
    db.script("migrate.sh").perform();
    server.start();
    shown = cards.find("ot", PATIENCE).orElseThrow();
  }

  /** OT-7. */
  @Test
  void theSnapshotOfTheDamageIsTheNewestBackup() throws Exception {
    String database = newDatabase("ot7");
    Map<String, String> more =
        Map.of("PGDATABASE", database, "BACKUP_DIR", folder.resolve("ot7").toString());
    String backup = script("backup-database.sh");
    assertThat(shell(db.script("backup-database.sh"), more, backup).exit()).isEqualTo(0);
    sql(database, "update \"Card\" set \"title\" = '' where \"id\" <= 40");
    Outcome snapshot = shell(db.script("backup-database.sh"), more, backup);

    Outcome newest =
        shell(db.script("backup-database.sh"), more, "ls \"$BACKUP_DIR\"/*.sql.gz | tail -n 1");

    assertThat(newest.out()).isEqualTo(snapshot.out());
    String again = emptyDatabase("ot7_again");
    shell(db, again, Map.of("BACKUP", newest.out().strip()), RESTORE);
    assertThat(sql(again, "select count(*) from \"Card\" where \"title\" = ''")).isEqualTo("40");
  }

  /** OT-8. */
  @Test
  void listingTheVersionsRestoresNoObject() throws Exception {
    try (S3Client client = s3.connect()) {
      client.putObject(r -> r.bucket("assets").key("ot8"), RequestBody.fromString("a face"));
      client.deleteObject(r -> r.bucket("assets").key("ot8"));

      Outcome asWritten =
          shell(
              s3.script("test-s3.sh"), Map.of(), "aws s3api list-object-versions --bucket assets");

      assertThat(asWritten.exit()).as(asWritten.err()).isEqualTo(0);
      assertThat(asWritten.out()).contains("ot8", "DeleteMarkers");
      assertThatThrownBy(() -> client.headObject(r -> r.bucket("assets").key("ot8")))
          .isInstanceOf(NoSuchKeyException.class);
    }
  }

  /** OT-10. */
  @Test
  void settingsThatWereCutOffLeaveAFileThatLooksRight() throws Exception {
    Map<String, String> key = Map.of("KEY", "correct-horse");
    Path plain = folder.resolve("plain");
    Files.writeString(plain, "DB_HOST=db\n".repeat(20) + "MAIL_URL=http://mail\n");
    Outcome encrypted =
        shell(key, "openssl enc -aes-256-cbc -pass env:KEY -in plain -out .env.production.enc");
    assertThat(encrypted.exit()).isEqualTo(0);
    String decrypt =
        "openssl enc -d -aes-256-cbc -pass env:KEY -in .env.production.enc -out .env.production";
    Outcome whole = shell(key, decrypt);
    assertThat(whole.exit()).isEqualTo(0);
    assertThat(whole.err()).contains("deprecated key derivation used");
    assertThat(folder.resolve(".env.production")).hasSameBinaryContentAs(plain);
    Files.delete(folder.resolve(".env.production"));

    Path file = folder.resolve(".env.production.enc");
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 128));
    Outcome cutOff = shell(key, decrypt);

    assertThat(cutOff.exit()).isEqualTo(1);
    assertThat(cutOff.err()).contains("bad decrypt");
    assertThat(folder.resolve(".env.production"))
        .content()
        .startsWith("DB_HOST=db\n")
        .doesNotContain("MAIL_URL");
  }

  /** OT-10, too: the command says nothing of how the file has to be encrypted. */
  @Test
  void settingsThatWereEncryptedAsOpensslAdvisesCannotBeDecryptedAsWritten() throws Exception {
    Map<String, String> key = Map.of("KEY", "correct-horse");
    Outcome asWritten =
        shell(
            key,
            "echo DB_HOST=db | openssl enc -aes-256-cbc -pbkdf2 -pass env:KEY -out advised.enc &&"
                + " openssl enc -d -aes-256-cbc -pass env:KEY -in advised.enc -out advised");

    // One in 256 wrong keys leaves a padding that looks right, and noise.
    assertThat(asWritten.exit() == 0 ? "noise" : asWritten.err()).containsAnyOf("noise", "bad dec");
    assertThat(folder.resolve("advised")).satisfies(AsWrittenIT::isNotTheSettings);
  }

  private static void isNotTheSettings(Path file) throws IOException {
    assertThat(new String(Files.readAllBytes(file), UTF_8)).doesNotContain("DB_HOST");
  }

  /** OT-11. */
  @Test
  void restartingTheServerForAnotherCacheIsTheOnlyOutageThatThereIs() throws Exception {
    cards.create("ot11", "user-1", "Sales", Optional.empty(), PATIENCE);
    AtomicInteger failed = new AtomicInteger();
    AtomicInteger served = new AtomicInteger();
    AtomicBoolean over = new AtomicBoolean();
    Thread reader =
        new Thread(
            () -> {
              while (!over.get()) {
                try {
                  (cards.find("ot11", PATIENCE).isPresent() ? served : failed).incrementAndGet();
                } catch (IOException e) {
                  failed.incrementAndGet();
                }
              }
            });
    reader.start();
    try {
      cache.kill();
      int before = served.get();
      await().atMost(PATIENCE).until(() -> served.get() > before + 20);
      assertThat(failed).hasValue(0);
      cache.start();
      server.stop();
      server.start();
    } finally {
      over.set(true);
      reader.join();
    }
    assertThat(failed.get()).isPositive();
  }

  /** OT-12. */
  @Test
  void whatABadJobDamagesIsNotAmongTheRowsThatWereUpdatedLately() throws Exception {
    String database = newDatabase("ot12");
    sql(database, "update \"Brand\" set \"name\" = '???' where \"id\" like 'brand-1_'");
    assertThat(sql(database, "select count(*) from \"Brand\" where \"name\" = '???'"))
        .isEqualTo("10");

    Outcome asWritten =
        shell(
            db,
            database,
            Map.of(),
            "psql -c \"SELECT * FROM \\\"Brand\\\" WHERE \\\"updatedAt\\\" > NOW() - INTERVAL '24"
                + " hours';\"");

    assertThat(asWritten.exit()).isEqualTo(0);
    assertThat(asWritten.out()).contains("(0 rows)");
  }

  /** OT-13. */
  @Test
  void aValidationInPlainSqlEndsWellWhateverItFinds() throws Exception {
    String database = newDatabase("ot13");
    sql(database, "update \"Card\" set \"title\" = '' where \"id\" <= 40");
    Files.writeString(
        folder.resolve("validate-data.sql"), "select count(*) from \"Card\" where title = '';\n");

    Outcome asWritten = shell(db, database, Map.of(), "psql -f validate-data.sql");
    Outcome corrected = shell(db, database, Map.of(), script("validate-data.sh"));

    assertThat(asWritten.exit()).isEqualTo(0);
    assertThat(asWritten.out()).contains(" 40");
    assertThat(corrected.exit()).isEqualTo(1);
    assertThat(corrected.err()).contains("cards without a title\t40");
  }

  /** OT-14. */
  @Test
  void curlIsContentWithAServerThatIsNotWell() throws Exception {
    Disturbance cut = db.cut();
    try {
      Outcome asWritten =
          shell(server.script("verify-production.sh"), Map.of(), "curl $SERVER_URL/api/health");
      assertThat(asWritten.exit()).isEqualTo(0);
      assertThat(asWritten.out()).contains("\"status\":\"down\"");

      Outcome corrected =
          shell(
              server.script("verify-production.sh"),
              Map.of("WAIT_SECONDS", "0"),
              script("verify-production.sh"));
      assertThat(corrected.exit()).isEqualTo(1);
    } finally {
      cut.end();
    }
  }

  /** No finding: the cache holds nothing that is not in the database. */
  @Test
  void clearingTheCacheLosesNothing() throws Exception {
    cards.create("flush", "user-1", "Sales", Optional.empty(), PATIENCE);
    Outcome asWritten =
        shell(cache.script("clear-cache.sh"), Map.of(), "redis-cli -u \"" + url() + "\" FLUSHALL");

    assertThat(asWritten.exit()).as(asWritten.err()).isEqualTo(0);
    try (Jedis redis = cache.connect()) {
      assertThat(redis.get("card:flush")).isNull();
    }
    assertThat(cards.find("flush", PATIENCE)).contains("1|-|Sales");
  }

  private static String url() {
    return "redis://default:$REDISCLI_AUTH@$REDIS_HOST:$REDIS_PORT";
  }

  private static int timesGiven(String id) throws IOException {
    String counts = new ApiClient(mail::address).get("/messages", PATIENCE).body();
    return Arrays.stream(counts.split("[{},]", -1))
        .filter(entry -> entry.contains(id))
        .mapToInt(entry -> Integer.parseInt(entry.substring(entry.indexOf(':') + 1)))
        .sum();
  }

  /** The path of one of the team's scripts. */
  private static String script(String file) {
    return OneTouchSite.PLAN.resolveSibling("scripts").resolve(file).toString();
  }

  private static Outcome shell(Command like, Map<String, String> more, String line)
      throws IOException, InterruptedException {
    return OneTouchSite.shell(folder, like, more, line);
  }

  private static Outcome shell(Postgres on, String database, Map<String, String> more, String line)
      throws IOException, InterruptedException {
    Command like = on.script("test-database.sh").with("PGDATABASE", () -> database);
    return OneTouchSite.shell(folder, like, more, line);
  }

  private static Outcome shell(Map<String, String> more, String line)
      throws IOException, InterruptedException {
    return OneTouchSite.shell(folder, db.script("test-database.sh"), more, line);
  }

  /** Compressed, as the runbook's backups are. */
  private static Path dump(String database, String command)
      throws IOException, InterruptedException {
    Path backup = folder.resolve(database + ".sql.gz");
    Outcome taken = shell(db, database, Map.of(), command + " | gzip > " + backup);
    assertThat(taken.exit()).as(taken.err()).isEqualTo(0);
    return backup;
  }

  /** A database of its own with the tables and the seed. */
  private static String newDatabase(String name) throws Exception {
    String database = emptyDatabase(name);
    Path tables = OneTouchSite.PLAN.resolveSibling("schema.sql");
    Path seed = OneTouchSite.PLAN.resolveSibling("seed.sql");
    Outcome filled =
        shell(db, database, Map.of(), "psql -q -v ON_ERROR_STOP=1 -f " + tables + " -f " + seed);
    assertThat(filled.exit()).as(filled.err()).isEqualTo(0);
    return database;
  }

  private static String emptyDatabase(String name) throws SQLException {
    return emptyDatabase(db, name);
  }

  private static String emptyDatabase(Postgres on, String name) throws SQLException {
    try (Connection admin = on.administer("postgres");
        Statement statement = admin.createStatement()) {
      statement.execute("create database " + name + " owner " + on.role());
    }
    return name;
  }

  private static void administer(String sql) throws SQLException {
    try (Connection admin = db.administer("postgres");
        Statement statement = admin.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String sql(String sql) throws SQLException {
    return sql(db.database(), sql);
  }

  /** The first value of a query; how many rows were changed by anything else. */
  private static String sql(String database, String sql) throws SQLException {
    try (Connection connection = db.administer(database);
        Statement statement = connection.createStatement()) {
      statement.execute("set role " + db.role());
      if (!statement.execute(sql)) {
        return String.valueOf(statement.getUpdateCount());
      }
      try (ResultSet rows = statement.getResultSet()) {
        return rows.next() ? rows.getString(1) : "nothing";
      }
    }
  }
}
