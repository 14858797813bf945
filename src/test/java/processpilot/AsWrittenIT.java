package processpilot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.drillbook.objective.WorstCase;
import dev.drillbook.plan.BackupPolicy;
import dev.drillbook.plan.DrillPlan;
import dev.drillbook.plan.PlanLoader;
import dev.drillbook.plan.Scenario;
import dev.drillbook.plan.Step;
import dev.drillbook.site.Postgres;
import dev.drillbook.timeline.DrillException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import processpilot.Shell.Outcome;

/**
 * The runbook's own commands against real servers: what goes wrong, by the ids of
 * drills/FINDINGS.md. Only names, hosts and paths are this machine's; restore.sh, which the runbook
 * does not show, is pg_restore on the same file.
 */
class AsWrittenIT {
  private static final Duration SCENARIO_RTO = Duration.ofHours(4);

  private static ProcessPilotSite site;
  @TempDir static Path backups;
  private static Path dump;

  @TempDir Path folder;

  @BeforeAll
  static void aSystemWithABackup() throws Exception {
    site = ProcessPilotSite.up();
    dump = backups.resolve("backup.dump");
    Outcome taken = operator(backups, site.db().database()).run("pg_dump -Fc -f " + dump);
    assertThat(taken.exit()).as(taken.err()).isZero();
  }

  @AfterAll
  static void close() {
    if (site != null) {
      site.close();
    }
  }

  @BeforeEach
  void theDumpIsThere() {
    assertThat(dump).isNotEmptyFile();
  }

  private static Shell operator(Path folder, String database) {
    return site.operator(folder, database);
  }

  private static long number(String database, String query) throws Exception {
    return ProcessPilotSite.number(site.db(), database, query);
  }

  /** PP-1. */
  @Test
  void aDatabaseWithOneConnectionLeftIsNotDroppedAndTheRestoreDoublesNothingButFails()
      throws Exception {
    String database = site.copy("pp1");
    long before = number(database, "select count(*) from transactions");
    Shell shell = operator(folder, database);
    Outcome dropped;
    Outcome restored;
    // Monitoring, a report, a colleague's psql: stopping the backend ends none of them.
    try (Connection left = site.db().administer(database)) {
      assertThat(left.isValid(1)).isTrue();
      dropped = shell.run("dropdb " + database, "createdb " + database);
      ProcessPilotSite.execute(site.db(), database, "update transactions set amount = 1");
      restored = shell.run("pg_restore -d " + database + " " + dump);
    }

    assertThat(dropped.exit()).isNotZero();
    assertThat(dropped.err())
        .contains("is being accessed by other users")
        .contains("database \"" + database + "\" already exists");
    assertThat(restored.exit()).isEqualTo(1);
    assertThat(restored.err())
        .contains(
            "relation \"processes\" already exists",
            "duplicate key value violates unique constraint");
    assertThat(number(database, "select count(*) from transactions")).isEqualTo(before);
    assertThat(number(database, "select count(*) from transactions where amount <> 1")).isZero();
  }

  /** PP-2; that the rows come back is no finding. */
  @Test
  void aDatabaseCreatedWithoutAnOwnerTakesNoMigration() throws Exception {
    String database = site.copy("pp2");
    Shell shell = operator(folder, database);

    Outcome restored =
        shell.run(
            "set -e",
            "dropdb " + database,
            "createdb " + database,
            "pg_restore -d " + database + " " + dump);
    assertThat(restored.exit()).as(restored.err()).isZero();
    assertThat(number(database, "select count(*) from transactions"))
        .isEqualTo(number(site.db().database(), "select count(*) from transactions"));

    Shell application =
        new Shell(folder, ProcessPilotSite.environment(site.db())).with("PGDATABASE", database);
    Outcome migrated = application.run("psql -X -c 'create table process_templates (id bigint)'");
    assertThat(migrated.exit()).isEqualTo(1);
    assertThat(migrated.err()).contains("permission denied for schema public");
  }

  /** PP-3, the setting. */
  @Test
  void aRecoveryTargetIsNoCommandOfTheShell() throws Exception {
    Outcome typed =
        operator(folder, site.db().database()).run("recovery_target_time = '2025-01-15 14:30:00'");

    assertThat(typed.exit()).isEqualTo(127);
    assertThat(typed.err()).contains("recovery_target_time: command not found");
  }

  /** PP-3, the WAL. */
  @Test
  void noWalCanBeReplayedOnARestoredDump() throws Exception {
    Postgres fresh = site.newProvider();
    fresh.provision();
    Shell shell = new Shell(folder, ProcessPilotSite.environment(fresh));
    Outcome restored = shell.run("pg_restore --no-owner -d " + fresh.database() + " " + dump);
    assertThat(restored.exit()).as(restored.err()).isZero();
    ProcessPilotSite.execute(site.db(), "postgres", "select pg_switch_wal()");
    String data = shell.environment().get("PGDATA");
    fresh.stop();
    Files.writeString(
        Path.of(data, "postgresql.conf"),
        "restore_command = 'cp \"%s/%%f\" \"%%p\"'\nrecovery_target_time = '%s'\n"
            .formatted(
                site.db().walArchive(),
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString().replaceAll("[TZ]", " ")
                    + "+00"),
        StandardOpenOption.APPEND);
    Files.createFile(Path.of(data, "recovery.signal"));

    assertThatThrownBy(fresh::start)
        .isInstanceOf(DrillException.class)
        .hasMessageContaining("did not come up");
    assertThat(String.join("\n", fresh.logTail(50)))
        .contains("WAL file is from different database system");
  }

  /** PP-4. */
  @Test
  void theNewestFileIsNotTheNewestBackup() throws Exception {
    Path postgresql = Files.createDirectories(folder.resolve("postgresql/daily"));
    Path mysql = Files.createDirectories(folder.resolve("mysql/daily"));
    Instant night = Instant.now().minus(Duration.ofHours(9));
    Path monday =
        at(night.minus(Duration.ofDays(1)), Files.copy(dump, postgresql.resolve("mon.dump")));
    Path tuesday = at(night, Files.copy(dump, postgresql.resolve("tue.dump")));
    Path other =
        at(night.plusSeconds(60), Files.writeString(mysql.resolve("tue.dump"), "-- MySQL dump"));
    Shell shell = operator(folder, site.db().database());
    String newest = "ls -t " + folder + "/*/daily/*.dump | head -1";

    assertThat(shell.run(newest).out().strip()).isEqualTo(other.toString());
    Outcome restored = shell.run("pg_restore -f /dev/null $(" + newest + ")");
    assertThat(restored.exit()).isEqualTo(1);
    assertThat(restored.err()).contains("does not appear to be a valid archive");

    // Fetched from off-site again, Monday's is newer than Tuesday's; and so is one that broke off.
    Files.delete(other);
    at(Instant.now(), monday);
    assertThat(shell.run(newest).out().strip())
        .isEqualTo(monday.toString())
        .isNotEqualTo(tuesday.toString());
  }

  /** PP-5. */
  @Test
  void aTruncatedDumpIsListedAsAnyOther() throws Exception {
    byte[] whole = Files.readAllBytes(dump);
    Path cut = folder.resolve("cut.dump");
    Files.write(cut, Arrays.copyOf(whole, whole.length * 2 / 3));
    Shell shell = operator(folder, site.db().database());

    Outcome listed = shell.run("ls -la " + folder + " | tail -5");
    assertThat(listed.exit()).isZero();
    assertThat(listed.out()).contains("cut.dump");
    assertThat(shell.run("pg_restore --list " + cut).exit()).isZero();
    assertThat(shell.run("pg_restore -f /dev/null " + cut).exit()).isNotZero();
  }

  /** PP-6: the health checks; that "curl -f" tells is no finding. */
  @Test
  void curlWithoutFailCallsA503Fine() throws Exception {
    Map<String, String> lost =
        new HashMap<>(ProcessPilotSite.backend(site.db(), site.db().database()));
    lost.put("DATABASE_PORT", "1");
    try (BackendProcess backend = BackendProcess.start(folder, lost)) {
      assertThat(backend.get("/health/detailed", "").statusCode()).isEqualTo(503);
      Shell shell = operator(folder, site.db().database());

      assertThat(shell.run("curl " + backend.address() + "/health/detailed").exit()).isZero();
      assertThat(shell.run("curl -f " + backend.address() + "/health/detailed").exit())
          .isEqualTo(22);
    }
  }

  /** PP-10. */
  @Test
  void theVerificationScriptIsContentWhateverItFinds() throws Exception {
    Path script =
        Files.writeString(
            folder.resolve("verify-recovery.sh"),
            """
            #!/bin/bash
            echo "Verifying database connectivity..."
            curl -f http://127.0.0.1:1/health/detailed

            echo "Running smoke tests..."
            npm run test:smoke

            echo "Verifying user authentication..."
            npm run test:auth

            echo "Recovery verification complete"
            """);

    Outcome verified = operator(folder, site.db().database()).run("bash " + script);

    assertThat(verified.err()).contains("Failed to connect");
    assertThat(verified.exit()).isZero();
    assertThat(verified.out()).endsWith("Recovery verification complete\n");
  }

  /** PP-7. */
  @Test
  void aDailyDumpCanLoseADayWhereAnHourIsPromised() {
    DrillPlan asWritten = PlanLoader.loadAsWritten(ProcessPilotSite.PLAN);
    BackupPolicy daily = asWritten.backup("dump").orElseThrow();

    Duration worst =
        WorstCase.of(List.of(daily), policy -> policy.takes().orElse(Duration.ZERO))
            .orElseThrow()
            .loss()
            .orElseThrow();

    assertThat(worst).isEqualTo(Duration.ofHours(24).plusMinutes(10));
    assertThat(scenario(asWritten, "database-failure").rpo().orElseThrow())
        .isEqualTo(Duration.ofHours(1));
  }

  /** PP-8. */
  @Test
  void whatTheBackendAcknowledgedAfterTheDumpIsGoneAfterTheRestore() throws Exception {
    String database = site.copy("pp8");
    try (BackendProcess backend =
        BackendProcess.up(folder, ProcessPilotSite.backend(site.db(), database))) {
      assertThat(
              backend
                  .post(
                      "/api/processes",
                      ProcessPilotSite.TOKEN,
                      "{\"ref\":\"late-1\",\"title\":\"Late\",\"transaction\":\"late-1:1\",\"amount\":\"10.00\"}")
                  .statusCode())
          .isEqualTo(201);
      Outcome restored =
          operator(folder, database)
              .run("pg_restore --clean --if-exists -d " + database + " " + dump);
      assertThat(restored.exit()).as(restored.err()).isZero();

      assertThat(backend.get("/api/processes/seed-1", ProcessPilotSite.TOKEN).statusCode())
          .isEqualTo(200);
      assertThat(backend.get("/api/processes/late-1", ProcessPilotSite.TOKEN).statusCode())
          .isEqualTo(404);
    }
  }

  /** PP-9. */
  @Test
  void theStepsOfACorruptionTakeLongerThanTheDatabaseMay() {
    DrillPlan asWritten = PlanLoader.loadAsWritten(ProcessPilotSite.PLAN);

    assertThat(total(scenario(asWritten, "data-corruption"))).isGreaterThan(SCENARIO_RTO);
    assertThat(total(scenario(PlanLoader.load(ProcessPilotSite.PLAN), "data-corruption")))
        .isLessThanOrEqualTo(SCENARIO_RTO);
  }

  /** PP-11. */
  @Test
  void theCommitBeforeIsNotTheReleaseBefore() throws Exception {
    Shell shell = operator(folder, site.db().database()).with("HOME", folder.toString());
    assumeTrue(shell.run("git --version").exit() == 0, "git is installed");
    Outcome deployed =
        shell.run(
            "set -e",
            "git init -q app && cd app && git config user.email a@example.com && git config user.name a",
            "echo 2.4.0 > version && echo keep_requests=false > settings && git add . && git commit -qm 2.4.0 && git tag v2.4.0",
            "echo keep_requests=true > settings && git commit -qam 'Keep requests'",
            "echo 2.5.0 > version && git commit -qam 2.5.0 && git tag v2.5.0");
    assertThat(deployed.exit()).as(deployed.err()).isZero();

    Outcome once = shell.run("cd app && git checkout -q HEAD~1 && cat version settings");
    Outcome again = shell.run("cd app && git checkout -q HEAD~1 && git checkout -q HEAD~1");

    assertThat(once.out()).as("half of the bad release").isEqualTo("2.4.0\nkeep_requests=true\n");
    assertThat(again.err()).contains("pathspec 'HEAD~1' did not match");
  }

  /** PP-12. */
  @Test
  void aRestoreAfterTheTokensWereRevokedMakesTheStolenOnesValidAgain() throws Exception {
    String database = site.copy("pp12");
    try (BackendProcess backend =
        BackendProcess.up(folder, ProcessPilotSite.backend(site.db(), database))) {
      Shell shell = operator(folder, database);
      shell.run("psql -X -c 'update api_tokens set revoked_at = now() where revoked_at is null'");
      assertThat(backend.get("/api/auth/status", "pp-seed-token-2").statusCode()).isEqualTo(401);

      Outcome restored = shell.run("pg_restore --clean --if-exists -d " + database + " " + dump);
      assertThat(restored.exit()).as(restored.err()).isZero();

      assertThat(backend.get("/api/auth/status", "pp-seed-token-2").statusCode()).isEqualTo(200);
    }
  }

  /** PP-13. */
  @Test
  void whatAnIntruderPlantedOutlivesTheRestoreOfACleanBackup() throws Exception {
    String database = site.copy("pp13");
    ProcessPilotSite.execute(
        site.db(),
        database,
        "create role pp_support login superuser; create function public.back_in() returns int"
            + " language sql security definer as 'select 1'");
    Shell shell = operator(folder, database);

    Outcome over = shell.run("pg_restore --clean --if-exists -d " + database + " " + dump);
    assertThat(over.exit()).as(over.err()).isZero();
    assertThat(number(database, "select count(*) from pg_proc where proname = 'back_in'")).isOne();

    Outcome anew =
        shell.run(
            "set -e",
            "dropdb " + database,
            "createdb " + database,
            "pg_restore -d " + database + " " + dump);
    assertThat(anew.exit()).as(anew.err()).isZero();
    assertThat(number(database, "select count(*) from pg_proc where proname = 'back_in'")).isZero();
    assertThat(
            number(
                "postgres",
                "select count(*) from pg_roles where rolname = 'pp_support' and rolsuper"))
        .isOne();
    ProcessPilotSite.execute(site.db(), "postgres", "drop role pp_support");
  }

  /** PP-14. */
  @Test
  void anEmergencySwitchOfProvidersBringsNoData() throws Exception {
    Postgres fresh = site.newProvider();
    fresh.provision();
    // "npm run db:migrate" on a database that has nothing yet.
    Outcome migrated =
        new Shell(folder, ProcessPilotSite.environment(fresh))
            .run(
                "psql -X -q -f "
                    + ProcessPilotSite.PLAN.resolveSibling("schema.sql").toAbsolutePath());
    assertThat(migrated.exit()).as(migrated.err()).isZero();

    try (BackendProcess backend =
        BackendProcess.up(folder, ProcessPilotSite.backend(fresh, fresh.database()))) {
      assertThat(backend.get("/health/detailed", "").statusCode()).isEqualTo(200);
      assertThat(backend.get("/api/auth/status", ProcessPilotSite.TOKEN).statusCode())
          .isEqualTo(401);
      assertThat(ProcessPilotSite.number(fresh, fresh.database(), "select count(*) from processes"))
          .isZero();
    }
  }

  /** PP-15. */
  @Test
  void evidenceIsOverwrittenWhenItIsCollectedAgain() throws Exception {
    Path logs = Files.createDirectories(folder.resolve("log/processpilot"));
    Path error = logs.resolve("error.log");
    Shell shell = operator(folder, site.db().database());
    String preserve = "cp -r " + logs + " " + folder + "/incident-$(date +%Y%m%d)";

    Files.writeString(error, "first look");
    shell.run(preserve);
    Files.writeString(error, "second look");
    shell.run(preserve);
    Files.writeString(error, "rotated, empty");
    Outcome third = shell.run(preserve);

    assertThat(third.exit()).isZero();
    Outcome kept = shell.run("cat incident-*/error.log incident-*/processpilot/error.log");
    assertThat(kept.out()).contains("first look", "rotated, empty").doesNotContain("second look");
  }

  private static Scenario scenario(DrillPlan plan, String id) {
    return plan.scenarios().stream().filter(s -> s.id().equals(id)).findFirst().orElseThrow();
  }

  private static Duration total(Scenario scenario) {
    return scenario.steps().stream().map(Step::budget).reduce(Duration.ZERO, Duration::plus);
  }

  private static Path at(Instant modified, Path file) throws Exception {
    return Files.setLastModifiedTime(file, FileTime.from(modified));
  }
}
