package dhakacart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillbook.plan.DrillPlan;
import dev.drillbook.plan.PlanLoader;
import dev.drillbook.site.Command;
import dev.drillbook.site.Postgres;
import dev.drillbook.site.Redis;
import dev.drillbook.site.Transcript;
import dev.drillbook.site.embedded.EmbeddedSite;
import dev.drillbook.site.embedded.Installations;
import dev.drillbook.timeline.DrillException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/**
 * DhakaCart's runbook as it is written, run against real servers: what really happens. Only hosts,
 * names and folders are other ones, and {@code docker exec} is left out. The numbers are those of
 * drills/FINDINGS.md.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AsWrittenIT {
  private static final Path PLAN = Path.of("drills/dhakacart/plan.yaml");

  /** Selective recovery; PATTERN stands for what is looked for in the dump. */
  private static final String SELECTIVE_RECOVERY =
      """
      gunzip -c $BACKUPS/latest.sql.gz > $BACKUPS/restore.sql
      grep -A 1000 "$PATTERN" $BACKUPS/restore.sql | \\
        psql -U dhakacart -d dhakacart_db
      """;

  private static final String DELETION = "delete from orders where id <= 600";

  private Path temp;
  private EmbeddedSite site;
  private Postgres db;
  private Redis cache;
  private Redis registry;
  private Path backups;
  private Path dump;

  /** What a command left behind. */
  private record Outcome(int exit, String text) {}

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    temp = folder;
    DrillPlan plan = PlanLoader.load(PLAN);
    site = EmbeddedSite.create(plan, 1, Installations.ofThisMachine(System.getenv(), said -> {}));
    db = site.postgres("db");
    cache = site.redis("cache");
    registry = site.redis("registry");
    site.bringUp();
    backups = temp;
    dump = lastLine(script("backup-postgres.sh", Map.of()));
  }

  @AfterAll
  void stop() {
    site.close();
  }

  @BeforeEach
  void aSoundDatabase() throws Exception {
    backups = Files.createTempDirectory(temp, "backups");
    execute("drop schema public cascade; create schema public");
    assertThat(run("gunzip -c " + dump + " | psql -q -U dhakacart -d dhakacart_db").exit())
        .isZero();
  }

  /** DC-1. */
  @Test
  void aDumpADayLosesADayAndTheTimeItTakes() {
    DrillPlan plan = PlanLoader.loadAsWritten(PLAN);

    assertThat(plan.backup("postgres-dump").orElseThrow().schedule().orElseThrow().longestGap())
        .as("not below, so that the time a dump takes comes on top")
        .isEqualTo(plan.scenario("complete-database-loss").orElseThrow().rpo().orElseThrow());
  }

  /** DC-2. */
  @Test
  void noDumpHasTheLineThatOrdersAreLookedForBy() throws Exception {
    latestIsThere();
    execute(DELETION);

    Outcome outcome = run(SELECTIVE_RECOVERY, Map.of("PATTERN", "CREATE TABLE orders"));

    assertThat(outcome.exit()).isZero();
    assertThat(outcome.text()).isEmpty();
    assertThat(number("select count(*) from orders")).isEqualTo(400);
  }

  /** DC-3. */
  @Test
  void norDoAThousandLinesAfterTheRightOneReachTheOrders() throws Exception {
    latestIsThere();
    execute(DELETION);

    Outcome outcome = run(SELECTIVE_RECOVERY, Map.of("PATTERN", "CREATE TABLE public.orders"));

    assertThat(outcome.exit()).isZero();
    assertThat(outcome.text())
        .contains("relation \"orders\" already exists")
        .contains("violates foreign key constraint");
    assertThat(number("select count(*) from orders")).isEqualTo(400);
  }

  /** DC-4. */
  @Test
  void theVerificationLogsInAsARoleThatDoesNotExist() throws Exception {
    Outcome outcome =
        run(
            "psql -U dhakacart-d dhakacart_db -c"
                + " \"SELECT * FROM orders ORDER BY created_at DESC LIMIT 5;\"");

    assertThat(outcome.exit()).isNotZero();
    assertThat(outcome.text()).contains("FATAL", "\"dhakacart-d\"");
  }

  /** DC-5. */
  @Test
  void nobodyWritesALatestBackupAndTheRecoverySucceedsWithoutOne() throws Exception {
    Files.copy(dump, backups.resolve(dump.getFileName()));
    execute(DELETION);

    Outcome outcome = run(SELECTIVE_RECOVERY, Map.of("PATTERN", "CREATE TABLE public.orders"));

    assertThat(outcome.text()).contains("latest.sql.gz: No such file or directory");
    assertThat(outcome.exit()).as("what psql says of nothing").isZero();
    assertThat(backups.resolve("restore.sql")).isEmptyFile();
    assertThat(number("select count(*) from orders")).isEqualTo(400);
  }

  /** DC-6. */
  @Test
  void noBackupIsFoundByTheWordsBeforeCorruptionDate() throws Exception {
    Files.copy(dump, backups.resolve(dump.getFileName()));

    Outcome outcome = run("ls -lht $BACKUPS/ | grep \"before corruption date\"");

    assertThat(outcome.exit()).isNotZero();
    assertThat(outcome.text()).isEmpty();
  }

  /** DC-7. */
  @Test
  void aBackupOfEncryptedRowsIsAsNewAndAsWellFormedAsAny() throws Exception {
    execute("update products set name = encode(sha256(name::bytea), 'base64')");
    Path newest = lastLine(script("backup-postgres.sh", Map.of()));
    try {
      assertThat(lastLine(script("latest-backup.sh", Map.of()))).isEqualTo(newest);
      assertThat(script("restore-postgres.sh", Map.of()).exit()).isZero();
      assertThat(number("select count(*) from products where name like '%no.%'"))
          .as("plain names after a restore of the newest backup that is sound as a file")
          .isZero();

      assertThat(lastLine(script("find-clean-backup.sh", Map.of()))).isEqualTo(dump);
    } finally {
      Files.delete(newest);
    }
  }

  /** DC-8. */
  @Test
  void aFileThatIsPutUnderARunningRedisIsOverwrittenWhenItStops() throws Exception {
    Path saved = saveWithKey(cache, "cart:restored");
    try (Jedis redis = cache.connect()) {
      redis.flushAll();
      redis.set("cart:of-the-disaster", "1");
    }

    Files.copy(saved, cache.rdbFile(), StandardCopyOption.REPLACE_EXISTING);
    cache.stop();
    cache.start();

    assertThat(keys(cache)).containsExactly("cart:of-the-disaster");
  }

  /** DC-8, where Redis keeps a log of its writes. */
  @Test
  void norDoesARedisWithALogOfWritesReadIt() throws Exception {
    Path saved = saveWithKey(cache, "cart:restored");
    try (Jedis redis = registry.connect()) {
      redis.set("deployed", "1");
    }

    registry.stop();
    Files.copy(saved, registry.rdbFile(), StandardCopyOption.REPLACE_EXISTING);
    registry.start();

    assertThat(keys(registry)).containsExactly("deployed");
  }

  /** DC-8, corrected: the team's script refuses the first, and does it right once Redis is down. */
  @Test
  void theCorrectedRestoreWantsRedisStopped() throws Exception {
    try (Jedis redis = cache.connect()) {
      redis.flushAll();
      redis.set("cart:restored", "1");
    }
    run(cache.script("backup-redis.sh"), Map.of());
    try (Jedis redis = cache.connect()) {
      redis.flushAll();
    }

    Outcome refused = run(cache.script("restore-redis.sh"), Map.of());
    cache.stop();
    Outcome restored = run(cache.script("restore-redis.sh"), Map.of());
    cache.start();

    assertThat(refused.exit()).isNotZero();
    assertThat(refused.text()).contains("would overwrite what is restored");
    assertThat(restored.exit()).isZero();
    assertThat(keys(cache)).containsExactly("cart:restored");
  }

  /** DC-9. */
  @Test
  void theLinesOfDeletedOrdersAreGoneTooAndNoStepBringsThemBack() throws Exception {
    long lines = number("select count(*) from order_items");
    execute(DELETION);
    assertThat(number("select count(*) from order_items")).isLessThan(lines);

    // What the runbook means to do: the rows of the one table it names.
    script("restore-rows.sh", Map.of(), "orders");
    assertThat(number("select count(*) from orders")).isEqualTo(1000);
    assertThat(number("select count(*) from order_items")).isLessThan(lines);
    assertThat(script("validate-data.sh", Map.of()).text()).contains("do not add up: 600");

    script("restore-rows.sh", Map.of(), "orders", "order_items");
    assertThat(number("select count(*) from order_items")).isEqualTo(lines);
    assertThat(script("validate-data.sh", Map.of()).exit()).isZero();
  }

  private void latestIsThere() throws Exception {
    Files.copy(dump, backups.resolve("latest.sql.gz"));
  }

  private Path saveWithKey(Redis store, String key) throws Exception {
    try (Jedis redis = store.connect()) {
      redis.flushAll();
      redis.set(key, "1");
      redis.save();
    }
    return Files.copy(store.rdbFile(), backups.resolve("latest.rdb"));
  }

  private static Set<String> keys(Redis store) {
    try (Jedis redis = store.connect()) {
      return redis.keys("*");
    }
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = db.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private long number(String sql) throws SQLException {
    try (Connection connection = db.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  private Outcome script(String file, Map<String, String> more, String... arguments)
      throws Exception {
    return run(db.script(file, arguments), more);
  }

  private Outcome run(String commands) throws Exception {
    return run(commands, Map.of());
  }

  /** Runs commands as the team's scripts are run, but for errors, which stop nothing. */
  private Outcome run(String commands, Map<String, String> more) throws Exception {
    Command like = db.script("latest-backup.sh");
    Command command =
        new Command(
            "as written",
            List.of("bash", "-c", commands),
            like.environment(),
            like.folder(),
            like.secrets(),
            like.launcher());
    return run(command, more);
  }

  private Outcome run(Command command, Map<String, String> more) throws Exception {
    Map<String, String> environment = new HashMap<>(command.environment().get());
    environment.put("BACKUPS", backups.toString());
    environment.putAll(more);
    Transcript transcript = new Transcript(command.secrets());
    int exit = 0;
    try {
      new Command(
              command.label(),
              command.program(),
              () -> environment,
              command.folder(),
              command.secrets(),
              command.launcher())
          .perform(transcript, Duration.ofMinutes(1));
    } catch (DrillException failed) {
      assertThat(failed).hasMessageContaining("failed with exit code");
      exit = 1;
    }
    StringBuilder words = new StringBuilder();
    transcript.lines().stream()
        .filter(line -> line.stream() != Transcript.Stream.COMMAND)
        .forEach(line -> words.append(line.text()).append('\n'));
    return new Outcome(exit, words.toString());
  }

  private static Path lastLine(Outcome outcome) {
    assertThat(outcome.exit()).as(outcome.text()).isZero();
    return outcome
        .text()
        .lines()
        .filter(line -> line.startsWith("/"))
        .reduce((earlier, later) -> later)
        .map(Path::of)
        .orElseThrow();
  }
}
