package omnify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the scripts refuse, and that they refuse it before they reach for the database. */
class ScriptsTest {
  private static final Path SCRIPTS = Path.of("drills/omnify/scripts").toAbsolutePath();

  /** Says that the database was touched, and fails. */
  private static final String FAKE_CLIENT =
      "#!/bin/sh\ntouch \"$TOUCHED\"\necho no server >&2\nexit 1\n";

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
    for (String client : List.of("mongodump", "mongorestore", "mongosh")) {
      Path fake = Files.writeString(fakeClients.resolve(client), FAKE_CLIENT);
      assertThat(fake.toFile().setExecutable(true)).isTrue();
    }
  }

  @Test
  void anAlteredBackupIsRefusedBeforeTheDatabaseIsTouched() throws Exception {
    Path backup =
        backup("2026-01-02T030405Z", "omnify_cloud", "users", "campaigns", "events", "audit");
    byte[] whole = Files.readAllBytes(backup);
    Files.write(backup, Arrays.copyOf(whole, whole.length - 10));

    Outcome outcome = run("restore-mongodb.sh");

    assertThat(outcome.exit()).isEqualTo(1);
    assertThat(outcome.stderr()).contains(backup + " is truncated or altered", "next:");
    assertThat(touched).doesNotExist();
  }

  @Test
  void aBackupOfAnotherDatabaseIsRefusedBeforeTheDatabaseIsTouched() throws Exception {
    backup("2026-01-02T030405Z", "omnify", "users", "campaigns", "events", "audit");

    Outcome outcome = run("restore-mongodb.sh");

    assertThat(outcome.exit()).isEqualTo(1);
    assertThat(outcome.stderr()).contains("no folder omnify_cloud: it holds omnify");
    assertThat(touched).doesNotExist();
  }

  @Test
  void aBackupWithoutOneCollectionIsRefusedBeforeTheDatabaseIsTouched() throws Exception {
    backup("2026-01-02T030405Z", "omnify_cloud", "users", "campaigns", "events");

    Outcome outcome = run("restore-collection.sh", "campaigns");

    assertThat(outcome.exit()).isEqualTo(1);
    assertThat(outcome.stderr()).contains("audit is missing from the backup");
    assertThat(touched).doesNotExist();
  }

  @Test
  void aCollectionThatDoesNotExistIsRefused() throws Exception {
    Outcome outcome = run("restore-collection.sh", "campaign");

    assertThat(outcome.exit()).isEqualTo(1);
    assertThat(outcome.stderr()).contains("no collection campaign", "users campaigns events audit");
    assertThat(touched).doesNotExist();
  }

  @Test
  void aSoundBackupGetsAsFarAsTheDatabaseAndSaysWhatItIsThen() throws Exception {
    backup("2026-01-02T030405Z", "omnify_cloud", "users", "campaigns", "events", "audit");

    Outcome outcome = run("restore-mongodb.sh");

    assertThat(outcome.exit()).isEqualTo(1);
    assertThat(outcome.stderr()).contains("mongorestore failed half-way", "is not whole until");
    assertThat(touched).exists();
  }

  @Test
  void theNewestIsByTheTimeInTheNameAndAnEmptyCatalogueNamesThePlace() throws Exception {
    assertThat(run("latest-backup.sh").stderr()).contains("no backup in " + backups, "next:");
    Path newest = backup("2026-01-02T030405Z", "omnify_cloud", "users");
    backup("2025-12-31T235959Z", "omnify_cloud", "users");

    assertThat(run("latest-backup.sh").stdout().strip()).isEqualTo(newest.toString());
  }

  @Test
  void aBackupThatFailsLeavesNothingBehind() throws Exception {
    Outcome outcome = run("backup-mongodb.sh");

    assertThat(outcome.exit()).isEqualTo(1);
    assertThat(outcome.stdout()).isEmpty();
    assertThat(outcome.stderr()).contains("mongodump of omnify_cloud failed");
    assertThat(backups).isEmptyDirectory();
  }

  @Test
  void aMissingSettingIsNamed() throws Exception {
    assertThat(run("validate-data.sh").stderr()).contains("SERVER_URL is not set");
  }

  /** An archive of a dump in which each collection has some bytes. */
  private Path backup(String time, String database, String... collections) throws Exception {
    Path dump = Files.createDirectories(Files.createTempDirectory(temp, "dump").resolve(database));
    for (String collection : collections) {
      Files.writeString(dump.resolve(collection + ".bson"), "x");
      Files.writeString(dump.resolve(collection + ".metadata.json"), "{}");
    }
    Path backup = backups.resolve("backup-" + time + ".tar.gz");
    String commands =
        "tar -czf %1$s -C %2$s %3$s && sha256sum < %1$s > %1$s.sha256"
            .formatted(backup, dump.getParent(), database);
    assertThat(new ProcessBuilder("bash", "-c", commands).start().waitFor()).isZero();
    return backup;
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
                "MONGO_URI",
                "mongodb://127.0.0.1:1/omnify_cloud",
                "MONGO_DATABASE",
                "omnify_cloud",
                "BACKUP_DIR",
                backups.toString(),
                "TOUCHED",
                touched.toString()));
    Process process = builder.start();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("%s ends", script).isTrue();
    } finally {
      process.destroyForcibly();
    }
    return new Outcome(process.exitValue(), Files.readString(stdout), Files.readString(stderr));
  }
}
