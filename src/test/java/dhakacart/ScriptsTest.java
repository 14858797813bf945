package dhakacart;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the scripts refuse, and that they refuse it before they reach for the database. The working
 * paths are the drills' own business.
 */
class ScriptsTest {
  private static final Path SCRIPTS = Path.of("drills/dhakacart/scripts").toAbsolutePath();
  private static final String COMPLETE =
      "select 1;\n--\n-- PostgreSQL database dump complete\n--\n";

  /** Says that the database was touched, and fails. */
  private static final String FAKE_CLIENT =
      "#!/bin/sh\ntouch \"$TOUCHED\"\necho no server >&2\nexit 2\n";

  @TempDir Path temp;
  private Path backups;
  private Path touched;
  private Path fakeClients;

  private record Outcome(int exit, String stdout, String stderr) {}

  @BeforeEach
  void fakeClientsThatTell() throws IOException {
    backups = Files.createDirectory(temp.resolve("backups"));
    touched = temp.resolve("touched");
    fakeClients = Files.createDirectory(temp.resolve("bin"));
    for (String client : List.of("psql", "pg_dump", "redis-cli")) {
      Path fake = Files.writeString(fakeClients.resolve(client), FAKE_CLIENT);
      assertThat(fake.toFile().setExecutable(true)).isTrue();
    }
  }

  @Test
  void anEmptyCatalogueIsAnErrorThatNamesThePlace() throws Exception {
    Outcome outcome = run("latest-backup.sh");

    assertThat(outcome.exit()).isEqualTo(1);
    assertThat(outcome.stdout()).isEmpty();
    assertThat(outcome.stderr()).contains("no backup in " + backups, "next:");
  }

  @Test
  void theNewestIsByTheTimeInTheNameNotByTheFilesOwn() throws Exception {
    Path newest = backup("20260102_030405_01", COMPLETE);
    backup("20260102_030405", COMPLETE);
    backup("20251231_235959", COMPLETE);

    assertThat(run("latest-backup.sh").stdout().strip()).isEqualTo(newest.toString());
  }

  @Test
  void aBackupWithoutItsChecksumIsLeftOutAndNamed() throws Exception {
    Path older = backup("20260102_030405", COMPLETE);
    Path unfinished = backup("20260103_030405", COMPLETE);
    Files.delete(checksum(unfinished));

    Outcome outcome = run("latest-backup.sh");

    assertThat(outcome.stdout().strip()).isEqualTo(older.toString());
    assertThat(outcome.stderr()).contains(unfinished.toString());
  }

  @Test
  void aBackupThatWasAlteredIsRefusedAndNotReplacedByAnOlderOne() throws Exception {
    backup("20260102_030405", COMPLETE);
    Path altered = backup("20260103_030405", COMPLETE);
    Files.write(altered, gzip("drop table orders;\n" + COMPLETE));

    Outcome latest = run("latest-backup.sh");
    Outcome restore = run("restore-postgres.sh");

    assertThat(latest.exit()).isEqualTo(1);
    assertThat(latest.stdout()).isEmpty();
    assertThat(latest.stderr()).contains(altered + " is truncated or altered");
    assertThat(restore.exit()).isEqualTo(1);
    assertThat(touched).doesNotExist();
  }

  @Test
  void aTruncatedFileIsRefusedBeforeTheDatabaseIsTouched() throws Exception {
    byte[] whole = gzip(COMPLETE);
    Path cut = write("20260102_030405", Arrays.copyOf(whole, whole.length - 10));

    Outcome outcome = run("restore-postgres.sh", cut.toString());

    assertThat(outcome.exit()).isEqualTo(1);
    assertThat(outcome.stderr()).contains("does not unpack", "next:");
    assertThat(touched).doesNotExist();
  }

  @Test
  void aDumpThatNeverFinishedIsRefusedBeforeTheDatabaseIsTouched() throws Exception {
    Path unfinished = backup("20260102_030405", "create table orders (id bigint);\n");

    Outcome outcome = run("restore-postgres.sh", unfinished.toString());

    assertThat(outcome.exit()).isEqualTo(1);
    assertThat(outcome.stderr()).contains("not a complete dump");
    assertThat(touched).doesNotExist();
  }

  @Test
  void aMissingFileIsRefusedBeforeTheDatabaseIsTouched() throws Exception {
    Outcome outcome = run("restore-postgres.sh", temp.resolve("nowhere.sql.gz").toString());

    assertThat(outcome.exit()).isEqualTo(1);
    assertThat(outcome.stderr()).contains("no such backup");
    assertThat(touched).doesNotExist();
  }

  @Test
  void aSoundBackupGetsAsFarAsTheDatabase() throws Exception {
    backup("20260102_030405", COMPLETE);

    Outcome outcome = run("restore-postgres.sh");

    assertThat(outcome.exit()).isEqualTo(1);
    assertThat(outcome.stderr()).contains("cannot query shop_db at 127.0.0.1:1");
    assertThat(touched).exists();
  }

  @Test
  void aBackupThatFailsLeavesNothingBehind() throws Exception {
    Outcome outcome = run("backup-postgres.sh");

    assertThat(outcome.exit()).isEqualTo(1);
    assertThat(outcome.stdout()).isEmpty();
    assertThat(outcome.stderr()).contains("pg_dump of shop_db");
    assertThat(backups).isEmptyDirectory();
  }

  @Test
  void noOutputHoldsThePassword() throws Exception {
    for (String script : List.of("backup-postgres.sh", "restore-postgres.sh", "verify-data.sh")) {
      Outcome outcome = run(script);
      assertThat(outcome.stdout() + outcome.stderr()).doesNotContain("correct-horse");
    }
  }

  @Test
  void theNewestCleanBackupIsFoundPastThoseThatAnAttackLeft() throws Exception {
    String row = "7\tSKU-000007\t%s\n";
    Path older = backup("20260101_030405", row.formatted("Tea no. 7") + COMPLETE);
    Path clean = backup("20260102_030405", row.formatted("Tea no. 7") + COMPLETE);
    String sealed = "q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA=";
    Path encrypted = backup("20260103_030405", row.formatted(sealed) + COMPLETE);
    byte[] whole = gzip(COMPLETE);
    Path cut = write("20260104_030405", Arrays.copyOf(whole, whole.length - 10));

    Outcome outcome = run("find-clean-backup.sh");
    Files.delete(clean);
    Files.delete(older);

    assertThat(outcome.stdout().strip()).isEqualTo(clean.toString());
    assertThat(outcome.stderr())
        .contains("passed over: " + encrypted + " holds 1 rows with encrypted texts")
        .contains("passed over: " + cut + " does not unpack")
        .doesNotContain("ERROR");
    assertThat(run("find-clean-backup.sh").exit()).as("none is left").isEqualTo(1);
    assertThat(run("restore-clean-backup.sh").exit()).isEqualTo(1);
    assertThat(touched).doesNotExist();
  }

  @Test
  void rowsOfATableThatTheBackupDoesNotHoldAreNoReasonToCommit() throws Exception {
    backup("20260102_030405", COMPLETE);
    String recorded = "cat > " + temp.resolve("sql") + "; exit 1";
    Files.writeString(fakeClients.resolve("psql"), "#!/bin/sh\n" + recorded + "\n");

    Outcome outcome = run("restore-rows.sh", "orders");

    assertThat(outcome.exit()).isEqualTo(1);
    assertThat(outcome.stderr()).contains("holds no table orders", "rolled back");
    assertThat(temp.resolve("sql")).content().doesNotContain("commit;");
    assertThat(run("restore-rows.sh", "orders; drop table x").stderr())
        .contains("no name of a table");
  }

  @Test
  void redisIsNotRestoredFromADamagedFileNorWhileItRuns() throws Exception {
    Path data = Files.createDirectory(temp.resolve("redis"));
    Path backup = backups.resolve("dhakacart_redis_20260102_030405.rdb.gz");
    Files.write(backup, gzip("REDIS0010 and not to its end"));
    String hash =
        HexFormat.of()
            .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(backup)));
    Files.writeString(checksum(backup), hash + "\n");

    Outcome damaged = run("restore-redis.sh");
    Files.writeString(fakeClients.resolve("redis-cli"), "#!/bin/sh\necho PONG\n");
    Outcome running = run("restore-redis.sh");

    assertThat(damaged.exit()).isEqualTo(1);
    assertThat(damaged.stderr()).contains("is not a complete RDB file");
    assertThat(running.exit()).isEqualTo(1);
    assertThat(running.stderr()).contains("would overwrite what is restored");
    assertThat(data).isEmptyDirectory();
  }

  @Test
  void evidenceIsNotCopiedFromADatabaseThatRuns() throws Exception {
    Path data = Files.createDirectory(temp.resolve("pgdata"));
    Files.writeString(data.resolve("PG_VERSION"), "15\n");
    Files.writeString(data.resolve("postmaster.pid"), "1\n");

    Outcome outcome = run("preserve-evidence.sh");

    assertThat(outcome.exit()).isEqualTo(1);
    assertThat(outcome.stderr()).contains("stop it in good order");
    assertThat(temp.resolve("evidence")).doesNotExist();
  }

  private Path backup(String time, String dump) throws Exception {
    return write(time, gzip(dump));
  }

  private Path write(String time, byte[] content) throws Exception {
    Path backup = backups.resolve("dhakacart_postgres_" + time + ".sql.gz");
    Files.write(backup, content);
    String hash = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    Files.writeString(checksum(backup), hash + "  " + backup.getFileName() + "\n");
    return backup;
  }

  private static Path checksum(Path backup) {
    return Path.of(backup + ".sha256");
  }

  private byte[] gzip(String text) throws IOException {
    Path file = Files.createTempFile(temp, "gzip", null);
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(text.getBytes(UTF_8));
    }
    return Files.readAllBytes(file);
  }

  private Outcome run(String script, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(SCRIPTS.resolve(script).toString()));
    command.addAll(List.of(arguments));
    Path stdout = temp.resolve("stdout");
    Path stderr = temp.resolve("stderr");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(stdout.toFile()).redirectError(stderr.toFile());
    builder.environment().put("PATH", fakeClients + ":" + System.getenv("PATH"));
    builder
        .environment()
        .putAll(
            Map.of(
                "PGHOST", "127.0.0.1",
                "PGPORT", "1",
                "PGUSER", "shop",
                "PGPASSWORD", "correct-horse",
                "PGDATABASE", "shop_db",
                "BACKUP_DIR", backups.toString(),
                "TOUCHED", touched.toString()));
    builder
        .environment()
        .putAll(
            Map.of(
                "REDIS_HOST",
                "127.0.0.1",
                "REDIS_PORT",
                "1",
                "REDISCLI_AUTH",
                "correct-horse",
                "REDIS_DIR",
                temp.resolve("redis").toString(),
                "PGDATA",
                temp.resolve("pgdata").toString(),
                "EVIDENCE_DIR",
                temp.resolve("evidence").toString()));
    Process process = builder.start();
    try {
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("%s ends", script).isTrue();
    } finally {
      process.destroyForcibly();
    }
    return new Outcome(process.exitValue(), Files.readString(stdout), Files.readString(stderr));
  }
}
