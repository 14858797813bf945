package onetouch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillbook.site.App;
import dev.drillbook.site.ObjectStore;
import dev.drillbook.site.Postgres;
import dev.drillbook.site.embedded.EmbeddedSite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import onetouch.OneTouchSite.Outcome;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the scripts refuse, and what they leave alone when they do. */
class ScriptsIT {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd_HHmmss").withZone(ZoneOffset.UTC);

  @TempDir static Path folder;

  private static EmbeddedSite site;
  private static Postgres db;
  private static Postgres scratch;
  private static ObjectStore s3;
  private static App mail;
  private static Path sound;

  @BeforeAll
  static void up() throws Exception {
    site = OneTouchSite.create();
    db = site.postgres("db");
    scratch = site.postgres("scratch");
    s3 = site.objectStore("s3");
    mail = site.app("mail");
    site.bringUp();
    sound = Path.of(backUp(folder.resolve("sound")).out().strip());
  }

  @AfterAll
  static void down() {
    site.close();
    assertThat(site.leftovers()).isEmpty();
  }

  @Test
  void backupsThatAreNewWholeAndRestorablePassTheWeeklyLook() throws Exception {
    Outcome look = verify(folder.resolve("sound"), Map.of());

    assertThat(look.exit()).as(look.err()).isEqualTo(0);
    assertThat(look.out()).startsWith("1 backups").contains("restored and is right");
  }

  @Test
  void noBackupAtAllFailsTheWeeklyLook() throws Exception {
    Outcome look = verify(Files.createDirectory(folder.resolve("none")), Map.of());

    assertThat(look.exit()).isEqualTo(1);
    assertThat(look.err()).contains("0 backups in", "next:");
  }

  @Test
  void tooFewBackupsFailTheWeeklyLook() throws Exception {
    Outcome look = verify(folder.resolve("sound"), Map.of("MIN_BACKUPS", "48"));

    assertThat(look.exit()).isEqualTo(1);
    assertThat(look.err()).contains("1 backups in", "at least 48");
  }

  @Test
  void aTruncatedBackupFailsTheWeeklyLookThoughANewerOneIsSound() throws Exception {
    Path backups = Files.createDirectory(folder.resolve("truncated"));
    copy(sound, backups, Duration.ZERO);
    Path older = copy(sound, backups, Duration.ofMinutes(30));
    byte[] whole = Files.readAllBytes(older);
    Files.write(older, Arrays.copyOf(whole, whole.length / 2));

    Outcome look = verify(backups, Map.of());

    assertThat(look.exit()).isEqualTo(1);
    assertThat(look.err()).contains("not whole: " + older, "truncated or altered");
  }

  @Test
  void anOldNewestBackupFailsTheWeeklyLook() throws Exception {
    Path backups = Files.createDirectory(folder.resolve("old"));
    copy(sound, backups, Duration.ofHours(3));

    Outcome look = verify(backups, Map.of());

    assertThat(look.exit()).isEqualTo(1);
    assertThat(look.err()).contains("minutes old, at most 40 are allowed");
  }

  @Test
  void aBackupThatShouldBeGoneFailsTheWeeklyLook() throws Exception {
    Path backups = Files.createDirectory(folder.resolve("kept"));
    copy(sound, backups, Duration.ZERO);
    copy(sound, backups, Duration.ofDays(32));

    Outcome look = verify(backups, Map.of());

    assertThat(look.exit()).isEqualTo(1);
    assertThat(look.err()).contains("is 32 days old, and should be gone after 30");
  }

  @Test
  void aBackupOfWrongDataFailsTheWeeklyLook() throws Exception {
    sql(scratch, "update \"Card\" set \"title\" = '' where \"id\" = 1");
    Path backups = folder.resolve("wrong");
    Outcome taken =
        run(
            scratch.script("backup-database.sh").environment().get(),
            Map.of("BACKUP_DIR", backups.toString()),
            "backup-database.sh");
    assertThat(taken.exit()).as(taken.err()).isEqualTo(0);
    // Whether or not another test has filled the scratch database, something is wrong with it.
    assertThat(verify(backups, Map.of()))
        .satisfies(
            look -> {
              assertThat(look.exit()).isEqualTo(1);
              assertThat(look.err()).containsAnyOf("is not right", "is not complete");
            });
  }

  @Test
  void backupsAreTriedOutInAScratchDatabaseOnly() throws Exception {
    for (String script : List.of("verify-backups.sh", "newest-valid-backup.sh")) {
      Outcome look = run(db.script(script).environment().get(), Map.of(), script, "anywhere");
      assertThat(look.exit()).isEqualTo(1);
      assertThat(look.err()).contains("onetouch_bizcard is no scratch database");
    }
    assertThat(sql(db, "select count(*) from \"Card\"")).isEqualTo("1000");
  }

  @Test
  void whatIsNotWholeIsRefusedBeforeTheDatabaseIsTouched() throws Exception {
    Path backups = Files.createDirectory(folder.resolve("refused"));
    Path altered = copy(sound, backups, Duration.ofMinutes(1));
    byte[] bytes = Files.readAllBytes(altered);
    bytes[bytes.length / 2] ^= 1;
    Files.write(altered, bytes);
    Path bare = copy(sound, backups, Duration.ofMinutes(2));
    Files.delete(Path.of(bare + ".sha256"));
    String before = sql(db, "select pg_relation_filenode('\"Card\"')");

    for (Path backup : List.of(altered, bare, backups.resolve("nothing.sql.gz"))) {
      Outcome restore =
          run(
              db.script("restore-database.sh").environment().get(),
              Map.of(),
              "restore-database.sh",
              backup.toString());
      assertThat(restore.exit()).isEqualTo(1);
      assertThat(restore.err()).contains("ERROR:", "next:");
    }
    assertThat(sql(db, "select pg_relation_filenode('\"Card\"')")).isEqualTo(before);
  }

  @Test
  void aMissingSettingIsNamedAndNoOutputHoldsThePassword() throws Exception {
    Map<String, String> environment =
        new HashMap<>(db.script("verify-data.sh").environment().get());
    String password = environment.get("PGPASSWORD");
    environment.remove("PGDATABASE");
    for (String script :
        List.of("backup-database.sh", "restore-database.sh", "hold-outbox.sh", "migrate.sh")) {
      Outcome outcome = run(environment, Map.of(), script);
      assertThat(outcome.exit()).isEqualTo(1);
      assertThat(outcome.err()).contains("PGDATABASE is not set").doesNotContain(password);
    }
  }

  @Test
  void missingMigrationsAreAppliedAndOnesFromTheFutureRefused() throws Exception {
    Path migrations = Files.createDirectory(folder.resolve("migrations"));
    try (var all = Files.list(OneTouchSite.PLAN.resolveSibling("migrations"))) {
      for (Path each : all.toList()) {
        Files.copy(each, migrations.resolve(each.getFileName()));
      }
    }
    Files.writeString(
        migrations.resolve("0004_nickname.sql"),
        "alter table \"User\" add column \"nickname\" text;\n");
    Map<String, String> environment = scratch.script("migrate.sh").environment().get();
    verify(folder.resolve("sound"), Map.of());

    Outcome migrated = run(environment, Map.of(), "migrate.sh", migrations.toString());
    Outcome again = run(environment, Map.of(), "migrate.sh", migrations.toString());
    Outcome older = run(environment, Map.of(), "migrate.sh");

    assertThat(migrated.out()).as(migrated.err()).isEqualTo("migrations applied: 1\n");
    assertThat(again.out()).isEqualTo("migrations applied: 0\n");
    assertThat(older.exit()).isEqualTo(1);
    assertThat(older.err()).contains("has the migration 0004_nickname, which is not in");
  }

  @Test
  void settingsComeBackWholeOrNotAtAll() throws Exception {
    Path old = Files.createDirectory(folder.resolve("old-server"));
    Path fresh = Files.createDirectory(folder.resolve("new-server"));
    Files.writeString(old.resolve(".env.production"), "DB_HOST=db\n".repeat(30));
    Map<String, String> store = s3.script("backup-config.sh").environment().get();
    Map<String, String> key = Map.of("CONFIG_KEY", "correct-horse", "APP_FOLDER", old.toString());
    assertThat(run(store, key, "backup-config.sh").exit()).isEqualTo(0);
    Path settings = fresh.resolve(".env.production");

    Map<String, String> wrong = Map.of("CONFIG_KEY", "wrong", "APP_FOLDER", fresh.toString());
    Outcome refused = run(store, wrong, "restore-config.sh");
    assertThat(refused.exit()).isEqualTo(1);
    assertThat(refused.err()).contains("ERROR: ", "next:");
    assertThat(fresh).isEmptyDirectory();

    Map<String, String> right =
        Map.of("CONFIG_KEY", "correct-horse", "APP_FOLDER", fresh.toString());
    assertThat(run(store, right, "restore-config.sh").exit()).isEqualTo(0);
    assertThat(settings).hasSameBinaryContentAs(old.resolve(".env.production"));
    Files.delete(settings);

    try (var client = s3.connect()) {
      byte[] whole =
          client
              .getObjectAsBytes(r -> r.bucket("backups").key("config/.env.production.enc"))
              .asByteArray();
      client.putObject(
          r -> r.bucket("backups").key("config/.env.production.enc"),
          software.amazon.awssdk.core.sync.RequestBody.fromBytes(Arrays.copyOf(whole, 128)));
    }
    Outcome cutOff = run(store, right, "restore-config.sh");
    assertThat(cutOff.exit()).isEqualTo(1);
    assertThat(fresh).isEmptyDirectory();
  }

  @Test
  void aServerWithoutSettingsDoesNotStart() throws Exception {
    Path fresh = Files.createDirectory(folder.resolve("no-settings"));
    Map<String, String> environment = mail.script("run-server.sh").environment().get();
    Map<String, String> here = Map.of("APP_FOLDER", fresh.toString());

    Outcome without = run(environment, here, "run-server.sh", "true");
    Files.writeString(fresh.resolve(".env.production"), "Salted__\u0001\u0002\n");
    Outcome encrypted = run(environment, here, "run-server.sh", "true");
    Files.writeString(fresh.resolve(".env.production"), "DB_HOST=db\n");
    Outcome half = run(environment, here, "run-server.sh", "true");

    assertThat(List.of(without.exit(), encrypted.exit(), half.exit())).containsOnly(1);
    assertThat(without.err()).contains("this server was not set up");
    assertThat(encrypted.err()).contains("is it decrypted?");
    assertThat(half.err()).contains("does not say DB_PORT");
  }

  private static Outcome backUp(Path backups) throws Exception {
    Outcome taken =
        run(
            db.script("backup-database.sh").environment().get(),
            Map.of("BACKUP_DIR", backups.toString()),
            "backup-database.sh");
    assertThat(taken.exit()).as(taken.err()).isEqualTo(0);
    return taken;
  }

  /** As if it had been taken that long ago. */
  private static Path copy(Path backup, Path into, Duration age) throws IOException {
    String name = "onetouch_bizcard_" + STAMP.format(Instant.now().minus(age)) + ".sql.gz";
    Files.copy(backup, into.resolve(name));
    Files.copy(Path.of(backup + ".sha256"), into.resolve(name + ".sha256"));
    return into.resolve(name);
  }

  private static Outcome verify(Path backups, Map<String, String> more) throws Exception {
    return run(
        scratch.script("verify-backups.sh").environment().get(),
        more,
        "verify-backups.sh",
        backups.toString());
  }

  private static Outcome run(
      Map<String, String> environment, Map<String, String> more, String script, String... arguments)
      throws Exception {
    Map<String, String> all = new HashMap<>(environment);
    all.putAll(more);
    String path = OneTouchSite.PLAN.resolveSibling("scripts").resolve(script).toString();
    return OneTouchSite.shell(folder, all, path + " " + String.join(" ", arguments));
  }

  private static String sql(Postgres on, String sql) throws SQLException {
    try (Connection connection = on.connect();
        Statement statement = connection.createStatement()) {
      if (!statement.execute(sql)) {
        return String.valueOf(statement.getUpdateCount());
      }
      try (ResultSet rows = statement.getResultSet()) {
        return rows.next() ? rows.getString(1) : "nothing";
      }
    }
  }
}
