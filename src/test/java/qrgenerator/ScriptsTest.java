package qrgenerator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the scripts refuse, and that they refuse it before they touch anything. gpg is the real one;
 * the database is not there, and who reaches for it is seen.
 */
class ScriptsTest {
  private static final Path SCRIPTS = Path.of("drills/qrgenerator/scripts").toAbsolutePath();
  private static final List<String> CLIENTS =
      List.of("psql", "pg_dump", "pg_restore", "pg_basebackup", "aws");

  @TempDir Path temp;
  private final Map<String, String> environment = new TreeMap<>();
  private Path backups;
  private Path vault;
  private Path touched;

  private record Outcome(int exit, String said) {}

  @BeforeEach
  void aVaultABackupFolderAndClientsThatTell() throws IOException {
    backups = Files.createDirectories(temp.resolve("backups/database"));
    vault = Files.createDirectory(temp.resolve("backups/vault"));
    touched = temp.resolve("touched");
    Path clients = Files.createDirectory(temp.resolve("bin"));
    for (String client : CLIENTS) {
      Path fake =
          Files.writeString(
              clients.resolve(client),
              "#!/bin/sh\ntouch \"$TOUCHED\"\necho no server >&2\nexit 2\n");
      assertThat(fake.toFile().setExecutable(true)).isTrue();
    }
    environment.putAll(
        Map.of(
            "PATH", clients + ":" + System.getenv("PATH"),
            "TOUCHED", touched.toString(),
            "PGHOST", "127.0.0.1",
            "PGPORT", "1",
            "PGUSER", "qr",
            "PGPASSWORD", "correct-horse",
            "PGDATABASE", "qr_generator",
            "BACKUP_DIR", backups.toString()));
  }

  @Test
  void withoutItsSettingsNoScriptTouchesAnything() throws Exception {
    environment.remove("PGPASSWORD");
    for (String script : List.of("restore-database.sh", "apply-erasures.sh", "rotate-secrets.sh")) {
      Outcome outcome = run(script);
      assertThat(outcome.exit()).as(script).isEqualTo(1);
      assertThat(outcome.said()).contains("PGPASSWORD is not set", "next:");
    }
    assertThat(touched).doesNotExist();
  }

  @Test
  void aBackupThatFailsLeavesNothingBehind() throws Exception {
    run("setup-backup-key.sh");

    Outcome outcome = run("backup-database.sh");

    assertThat(outcome.exit()).isEqualTo(1);
    assertThat(outcome.said()).contains("pg_dump of qr_generator at 127.0.0.1:1").contains("next:");
    assertThat(backups).isEmptyDirectory();
  }

  @Test
  void aSecondSetUpKeepsTheKeyThatEarlierBackupsNeed() throws Exception {
    run("setup-backup-key.sh");
    String before = Files.readString(vault.resolve("backup-key.asc"));

    assertThat(run("setup-backup-key.sh").exit()).isZero();

    assertThat(Files.readString(vault.resolve("backup-key.asc"))).isEqualTo(before);
  }

  @Test
  void aTruncatedBackupIsRefusedBeforeTheDatabaseIsTouched() throws Exception {
    Path backup = backup("20260102_030405");
    byte[] whole = Files.readAllBytes(backup);
    Files.write(backup, Arrays.copyOf(whole, whole.length - 10));

    Outcome outcome = run("restore-database.sh");

    assertThat(outcome.exit()).isEqualTo(1);
    assertThat(outcome.said()).contains(backup + " is truncated or altered", "next:");
    assertThat(touched).doesNotExist();
  }

  @Test
  void aBackupForAnotherKeyIsRefusedBeforeTheDatabaseIsTouched() throws Exception {
    backup("20260102_030405");
    for (String file : List.of("gnupg", "backup-key.asc")) {
      Files.move(vault.resolve(file), temp.resolve("other-" + file));
    }
    run("setup-backup-key.sh");

    Outcome outcome = run("restore-database.sh");

    assertThat(outcome.exit()).isEqualTo(1);
    assertThat(outcome.said()).contains("cannot be decrypted", "is this the vault");
    assertThat(touched).doesNotExist();
  }

  @Test
  void aBackupWithoutItsChecksumIsLeftOutAndNamed() throws Exception {
    Path unfinished = backup("20260102_030405");
    Files.delete(Path.of(unfinished + ".sha256"));

    Outcome outcome = run("restore-database.sh");

    assertThat(outcome.exit()).isEqualTo(1);
    assertThat(outcome.said())
        .contains("left out, no checksum beside it: " + unfinished)
        .contains("no backup in " + backups);
    assertThat(touched).doesNotExist();
  }

  @Test
  void aSoundBackupGetsAsFarAsItsTools() throws Exception {
    backup("20260102_030405");

    Outcome outcome = run("restore-database.sh");

    assertThat(outcome.said()).contains("is no dump that pg_restore can read");
    assertThat(touched).exists();
  }

  @Test
  void theExampleOfAConfigurationIsNeverDeployed() throws Exception {
    Path releases = Files.createDirectory(temp.resolve("backups/releases"));
    Files.writeString(releases.resolve("qr-generator.tar.gz"), "release");
    shell("cd " + releases + " && sha256sum qr-generator.tar.gz > qr-generator.tar.gz.sha256");
    Files.writeString(vault.resolve("production.env"), "KEY_PEPPER=change-me\n");
    Path server = Files.createDirectory(temp.resolve("server"));
    environment.put("APP_FOLDER", server.toString());

    Outcome outcome = run("deploy.sh");

    assertThat(outcome.exit()).isEqualTo(1);
    assertThat(outcome.said()).contains("production.env in the vault is the example");
    assertThat(server).isEmptyDirectory();
  }

  @Test
  void aServerThatRunsIsNeitherFencedNorOverwritten() throws Exception {
    Path data = Files.createDirectory(temp.resolve("data"));
    Files.writeString(data.resolve("postmaster.pid"), ProcessHandle.current().pid() + "\n");
    Files.writeString(vault.resolve("offsite.env"), "AWS_REGION=us-east-1\n");
    environment.put("PGDATA", data.toString());

    assertThat(run("fence-primary.sh").said()).contains("the old primary still runs");
    assertThat(run("restore-base-backup.sh", Map.of("VAULT", vault.toString())).said())
        .contains("a server runs on " + data);

    assertThat(data.resolve("postmaster.pid")).exists();
    assertThat(touched).doesNotExist();
  }

  @Test
  void whoAskedToBeForgottenIsNotedEvenIfTheDatabaseIsAway() throws Exception {
    Outcome outcome = run("erase-user.sh", "user7@example.org");

    assertThat(outcome.exit()).isEqualTo(1);
    assertThat(Files.readString(vault.resolve("erasures"))).isEqualTo("user7@example.org\n");
    assertThat(run("erase-user.sh", "x'; drop table \"User\"; --@y").said())
        .contains("one address is needed");
    assertThat(vault.resolve("erasures")).hasContent("user7@example.org");
  }

  @Test
  void noOutputHoldsThePassword() throws Exception {
    for (String script :
        List.of("backup-database.sh", "verify-data.sh", "save-bad-state.sh", "data-gap.sh")) {
      assertThat(run(script).said()).as(script).doesNotContain("correct-horse");
    }
  }

  /** Something that is encrypted, with its checksum. */
  private Path backup(String time) throws Exception {
    run("setup-backup-key.sh");
    Path backup = backups.resolve("qr_" + time + ".dump.gpg");
    shell(
        "mkdir -m 700 home; echo dump | gpg --batch --quiet --homedir home --trust-model always"
            + " --recipient-file backups/vault/backup-key.asc --encrypt > "
            + backup
            + "; gpgconf --homedir home --kill all; sha256sum "
            + backup
            + " > "
            + backup
            + ".sha256");
    return backup;
  }

  private void shell(String commands) throws Exception {
    assertThat(perform(List.of("bash", "-c", commands), environment).exit()).isZero();
  }

  private Outcome run(String script, String... arguments) throws Exception {
    return run(script, Map.of(), arguments);
  }

  private Outcome run(String script, Map<String, String> more, String... arguments)
      throws Exception {
    List<String> command = new ArrayList<>(List.of(SCRIPTS.resolve(script).toString()));
    command.addAll(List.of(arguments));
    Map<String, String> all = new TreeMap<>(environment);
    all.putAll(more);
    return perform(command, all);
  }

  private Outcome perform(List<String> command, Map<String, String> variables) throws Exception {
    Path said = temp.resolve("said");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(temp.toFile())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile());
    builder.environment().clear();
    builder.environment().putAll(variables);
    Process process = builder.start();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("%s ends", command.get(0)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    return new Outcome(process.exitValue(), Files.readString(said));
  }
}
