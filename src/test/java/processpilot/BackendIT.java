package processpilot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillbook.site.Condition;
import dev.drillbook.site.Postgres;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import processpilot.Shell.Outcome;

/** What the backend and the team's scripts promise, on a real database. */
class BackendIT {
  private static final Path SCRIPTS = Path.of("drills/processpilot/scripts").toAbsolutePath();
  private static ProcessPilotSite site;

  @TempDir Path folder;

  @BeforeAll
  static void bringUp() throws Exception {
    site = ProcessPilotSite.up();
  }

  @AfterAll
  static void close() {
    if (site != null) {
      site.close();
    }
  }

  private Shell scripts(String database) {
    return new Shell(folder, ProcessPilotSite.environment(site.db()))
        .with("PGDATABASE", database)
        .with("BACKUP_DIR", folder.toString());
  }

  private static List<String> script(String name, String... arguments) {
    List<String> program = new ArrayList<>(List.of(SCRIPTS.resolve(name).toString()));
    program.addAll(List.of(arguments));
    return program;
  }

  private static long number(String database, String query) throws Exception {
    return ProcessPilotSite.number(site.db(), database, query);
  }

  private BackendProcess backend(String database) throws Exception {
    return BackendProcess.up(folder, ProcessPilotSite.backend(site.db(), database));
  }

  private static String booking(String ref, String amount) {
    return "{\"transaction\":\"%s\",\"amount\":\"%s\"}".formatted(ref, amount);
  }

  @Test
  void aBookingIsDoneOnceHoweverOftenItIsSent() throws Exception {
    String database = site.copy("once");
    try (BackendProcess backend = backend(database)) {
      HttpResponse<String> opened =
          backend.post(
              "/api/processes",
              ProcessPilotSite.TOKEN,
              "{\"ref\":\"p-1\",\"title\":\"Audit\",\"transaction\":\"t-1\",\"amount\":\"12.30\"}");
      HttpResponse<String> booked =
          backend.post(
              "/api/processes/p-1/transactions", ProcessPilotSite.TOKEN, booking("t-2", "0.70"));
      HttpResponse<String> again =
          backend.post(
              "/api/processes/p-1/transactions", ProcessPilotSite.TOKEN, booking("t-2", "0.70"));
      HttpResponse<String> other =
          backend.post(
              "/api/processes/p-1/transactions", ProcessPilotSite.TOKEN, booking("t-2", "0.71"));

      assertThat(opened.statusCode()).as(opened.body()).isEqualTo(201);
      assertThat(booked.body()).contains("\"total\":\"13.00\"", "\"transactions\":2");
      assertThat(again.statusCode()).isEqualTo(200);
      assertThat(again.body()).isEqualTo(booked.body());
      assertThat(other.statusCode()).isEqualTo(409);
      assertThat(number(database, "select count(*) from audit_events where subject = 'p-1'"))
          .isEqualTo(2);
    }
  }

  @Test
  void nobodyWithoutAValidTokenReadsOrBooks() throws Exception {
    String database = site.copy("tokens");
    try (BackendProcess backend = backend(database)) {
      assertThat(backend.get("/api/processes/seed-1", "").statusCode()).isEqualTo(401);
      assertThat(backend.get("/api/processes/seed-1", "guessed").statusCode()).isEqualTo(401);
      assertThat(backend.get("/api/processes/seed-1", "pp-seed-token-20").statusCode())
          .as("a revoked one")
          .isEqualTo(401);
      assertThat(
              backend
                  .post("/api/processes/seed-1/transactions", "guessed", booking("x-1", "1.00"))
                  .statusCode())
          .isEqualTo(401);
      assertThat(backend.get("/api/auth/status", ProcessPilotSite.TOKEN).body())
          .contains("user1@example.com");
      assertThat(number(database, "select count(*) from transactions where ref = 'x-1'")).isZero();
    }
  }

  @Test
  void withoutADatabaseItAnswers503AndSaysThatNothingWasChanged() throws Exception {
    Map<String, String> lost = new HashMap<>(ProcessPilotSite.backend(site.db(), "nowhere"));
    try (BackendProcess backend = BackendProcess.start(folder, lost)) {
      assertThat(backend.get("/api/health", "").statusCode()).isEqualTo(503);
      HttpResponse<String> refused =
          backend.post(
              "/api/processes/seed-1/transactions", ProcessPilotSite.TOKEN, booking("x-2", "1.00"));
      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.body() + backend.log()).doesNotContain(lost.get("DATABASE_PASSWORD"));
    }
  }

  /** What makes the bad release of a drill bad: it holds without load. */
  @Test
  void theReleaseThatKeepsRequestsDiesOfThem() throws Exception {
    Map<String, String> environment =
        new HashMap<>(ProcessPilotSite.backend(site.db(), site.db().database()));
    environment.put("KEEP_REQUESTS", "true");
    try (BackendProcess backend = BackendProcess.up(folder, environment)) {
      for (int request = 0;
          request < 200 && !backend.log().contains("OutOfMemoryError");
          request++) {
        try {
          backend.get("/api/processes/seed-1", ProcessPilotSite.TOKEN);
        } catch (IOException down) {
          break;
        }
      }
      assertThat(backend.exitStatus()).isEqualTo(3);
    }
  }

  @Test
  void aDumpThatWasCutOffIsRefusedBeforeAnythingIsTouched() throws Exception {
    String database = site.copy("cut");
    Shell shell = scripts(database);
    Outcome taken = shell.run(script("backup.sh"));
    assertThat(taken.exit()).as(taken.err()).isZero();
    Path dump = Path.of(taken.out().strip());
    byte[] whole = Files.readAllBytes(dump);
    Files.write(dump, Arrays.copyOf(whole, whole.length / 2));
    ProcessPilotSite.execute(site.db(), database, "delete from transactions where id = 1");

    Outcome byChecksum = shell.run(script("restore.sh", "postgresql", "latest"));
    shell.run("sha256sum < " + dump + " > " + dump + ".sha256");
    Outcome byReading = shell.run(script("restore.sh", "postgresql", dump.toString()));
    Outcome listed = shell.run(script("backup.sh", "--list", "postgresql"));

    assertThat(byChecksum.exit()).isEqualTo(1);
    assertThat(byChecksum.err()).contains("truncated or altered", "next:");
    assertThat(byReading.exit()).isEqualTo(1);
    assertThat(byReading.err()).contains("to its end");
    assertThat(listed.out()).startsWith("verified");
    assertThat(number(database, "select count(*) from transactions")).isEqualTo(1799);
  }

  @Test
  void aRestoreThatFailsLeavesTheDatabaseAsItWas() throws Exception {
    String database = site.copy("locked");
    Shell shell = scripts(database);
    assertThat(shell.run(script("backup.sh")).exit()).isZero();
    try (var connection = site.db().administer(database);
        var statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("delete from transactions where id = 1");

      Outcome blocked = shell.run(script("restore.sh", "postgresql", "latest"));

      assertThat(blocked.exit()).isEqualTo(1);
      assertThat(blocked.err()).contains("lock timeout", "rolled back", "stop the backend");
      connection.commit();
    }
    assertThat(number(database, "select count(*) from transactions")).isEqualTo(1799);
    Outcome restored = shell.run(script("restore.sh", "postgresql", "latest"));
    assertThat(restored.exit()).as(restored.err()).isZero();
    assertThat(number(database, "select count(*) from transactions")).isEqualTo(1800);
  }

  @Test
  void aMissingSettingIsNamedByEachScript() throws Exception {
    Shell bare = new Shell(folder, Map.of("PATH", System.getenv("PATH")));
    for (List<String> script :
        List.of(
            script("backup.sh"),
            script("backup-base.sh"),
            script("restore.sh", "postgresql", "latest"),
            script("restore-pitr.sh"),
            script("verify-integrity.sh"),
            script("migrate.sh"),
            script("smoke-test.sh"),
            script("preserve-evidence.sh"),
            script("reset-credentials.sh"),
            script("scan-backdoors.sh"),
            script("save-bad-state.sh"),
            script("reconcile.sh", "latest"))) {
      Outcome outcome = bare.run(script);
      assertThat(outcome.exit()).as(script.toString()).isEqualTo(1);
      assertThat(outcome.err()).as(script.toString()).contains("is not set", "next:");
    }
  }

  @Test
  void aRecoveryTargetWithoutAnOffsetAndARunningServerAreRefused() throws Exception {
    Shell shell = scripts(site.db().database());
    Outcome noOffset =
        shell.with("RECOVERY_TARGET_TIME", "2025-01-15 14:30:00").run(script("restore-pitr.sh"));
    Outcome noBase =
        shell.with("RECOVERY_TARGET_TIME", "2025-01-15 14:30:00+00").run(script("restore-pitr.sh"));
    assertThat(shell.run(script("backup-base.sh")).exit()).isZero();
    Outcome running =
        shell.with("RECOVERY_TARGET_TIME", "2099-01-15 14:30:00+00").run(script("restore-pitr.sh"));

    assertThat(noOffset.err()).contains("has no offset from UTC");
    assertThat(noBase.err()).contains("no base backup from before 2025-01-15");
    assertThat(running.err()).contains("a server answers");
    assertThat(List.of(noOffset.exit(), noBase.exit(), running.exit())).containsOnly(1);
    assertThat(site.db().condition()).isEqualTo(Condition.RUNNING);
  }

  @Test
  void aMigrationThatTheDumpLacksIsApplied() throws Exception {
    String database = site.copy("older");
    ProcessPilotSite.execute(
        site.db(),
        database,
        "drop trigger audit_events_append_only on audit_events; drop function audit_events_refuse_change;"
            + " delete from schema_migrations where version = 2");

    Outcome migrated = scripts(database).run(script("migrate.sh"));
    Outcome again = scripts(database).run(script("migrate.sh"));

    assertThat(migrated.out()).as(migrated.err()).isEqualTo("1 migrations applied\n");
    assertThat(again.out()).isEqualTo("0 migrations applied\n");
    assertThat(
            number(
                database,
                "select count(*) from pg_trigger where tgname = 'audit_events_append_only'"))
        .isOne();
  }

  @Test
  void wrongAmountsAreNoticed() throws Exception {
    String database = site.copy("wrong");
    assertThat(scripts(database).run(script("verify-integrity.sh")).exit()).isZero();
    ProcessPilotSite.execute(
        site.db(), database, "update transactions set amount = amount + 0.01 where id = 7");

    Outcome noticed = scripts(database).run(script("verify-integrity.sh"));

    assertThat(noticed.exit()).isEqualTo(1);
    assertThat(noticed.out()).contains("process seed-3 is", "transaction seed-3-1 is");
  }

  @Test
  void bookingsThatNoAuditExplainsAreListedAndNothingIsChanged() throws Exception {
    String database = site.copy("given_up");
    String recovered = site.copy("recovered");
    try (BackendProcess backend = backend(database)) {
      assertThat(
              backend
                  .post(
                      "/api/processes/seed-1/transactions",
                      ProcessPilotSite.TOKEN,
                      booking("new-1", "5.00"))
                  .statusCode())
          .isEqualTo(200);
    }
    ProcessPilotSite.execute(
        site.db(),
        database,
        "update transactions set amount = 50 where ref = 'new-1';"
            + " insert into transactions (ref, process_id, amount, booked_by) values ('forged-1', 2, 9, 1)");
    assertThat(scripts(database).run(script("save-bad-state.sh")).exit()).isZero();

    Outcome refused = scripts(recovered).run(script("reconcile.sh", "latest"));
    assertThat(refused.exit()).isEqualTo(1);
    assertThat(refused.out())
        .contains("for people: transaction forged-1: 9.00, and nothing in the audit");
    assertThat(number(recovered, "select count(*) from transactions")).isEqualTo(1800);

    ProcessPilotSite.execute(
        site.db(), database, "delete from transactions where ref = 'forged-1'");
    assertThat(scripts(database).run(script("save-bad-state.sh")).exit()).isZero();
    Outcome reconciled = scripts(recovered).run(script("reconcile.sh", "latest"));
    assertThat(reconciled.exit()).as(reconciled.out() + reconciled.err()).isZero();
    assertThat(reconciled.out()).contains("back: 1 transactions, of which 1 had a wrong amount");
    assertThat(number(recovered, "select amount * 100 from transactions where ref = 'new-1'"))
        .isEqualTo(500);
    assertThat(scripts(recovered).run(script("verify-integrity.sh")).exit()).isZero();
  }

  @Test
  void whatAnIntruderPlantsIsNoticedAndKept() throws Exception {
    Postgres db = site.db();
    String database = site.copy("breached");
    Shell shell = scripts(database).with("KNOWN_ROLES", "dba,drillbook_replicator");
    assertThat(shell.run(script("scan-backdoors.sh")).exit()).isZero();
    ProcessPilotSite.execute(
        db,
        database,
        "create function public.back_in() returns int language sql security definer as 'select 1'");

    Outcome noticed = shell.run(script("scan-backdoors.sh"));
    Shell keeping = shell.with("EVIDENCE_DIR", folder.resolve("evidence").toString());
    Outcome kept = keeping.run(script("preserve-evidence.sh"));
    Outcome again = keeping.run(script("preserve-evidence.sh"));

    assertThat(noticed.exit()).isEqualTo(1);
    assertThat(noticed.out()).contains("function back_in()");
    assertThat(kept.exit()).as(kept.err()).isZero();
    assertThat(shell.run("cd evidence && sha256sum -c SHA256SUMS").exit()).isZero();
    assertThat(again.exit()).isEqualTo(1);
    assertThat(again.err()).contains("evidence is never overwritten");
  }
}
