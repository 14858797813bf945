package dev.drillbook.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanLoaderTest {
  @TempDir Path temp;
  private PlanFolder folder;

  @BeforeEach
  void fillTheFolder() {
    folder = PlanFolder.in(temp);
  }

  @Test
  void aValidPlanBecomesData() {
    DrillPlan plan = folder.load(PlanFolder.VALID);

    assertThat(plan.system()).isEqualTo("webshop");
    assertThat(plan.title()).isEqualTo("A web shop");
    assertThat(plan.folder()).isEqualTo(temp.toAbsolutePath());
    assertThat(plan.corrections()).isEmpty();
    assertThat(plan.components()).containsOnlyKeys("db", "cache", "shop", "audit");
    assertThat(plan.components().keySet()).containsExactly("db", "cache", "shop", "audit");
    assertThat(plan.backups()).extracting(BackupPolicy::id).containsExactly("db-dump");
    assertThat(plan.scenarios())
        .extracting(Scenario::id)
        .containsExactly("database-loss", "power-cut");
  }

  @Test
  void componentsKeepWhatThePlanSays() {
    DrillPlan plan = folder.load(PlanFolder.VALID);

    ComponentSpec.Postgres db = (ComponentSpec.Postgres) plan.components().get("db");
    assertThat(db.seed()).contains("seed.sql");
    assertThat(db.tables())
        .containsEntry("orders", new ComponentSpec.TableSpec(10, false))
        .containsEntry("notes", new ComponentSpec.TableSpec(0, true));
    assertThat(plan.components().get("cache"))
        .isEqualTo(
            new ComponentSpec.Redis(
                "cache", OptionalInt.of(6390), ComponentSpec.Persistence.NONE, List.of()));
    assertThat(plan.components().get("shop"))
        .isEqualTo(
            new ComponentSpec.App(
                "shop",
                OptionalInt.empty(),
                List.of("{java}", "-jar", "shop.jar"),
                "/health",
                List.of("db", "cache"),
                Map.of()));
    assertThat(((ComponentSpec.App) plan.components().get("audit")).command())
        .containsExactly("bin/audit", "--quiet");
  }

  @Test
  void objectivesEscalationChecklistAndErasuresBecomeData() {
    DrillPlan plan =
        folder.load(
            PlanFolder.VALID
                .replace(
                    "  cache:\n",
                    """
                        erasures:
                          - {table: orders, where: {email: gone@example.org, shop: 7}}
                      cache:
                    """)
                .replace(
                    "scenarios:\n  database-loss:\n",
                    """
                    objectives:
                      database: {rto: 45m, rpo: 24h, priority: critical}
                      search: {rto: 8h}
                    escalation:
                      - {level: 1, who: On-call, after: 0m}
                      - {level: 2, who: Team lead, after: 30m}
                    checklist:
                      - {id: data, title: Data verified, check: row counts}
                      - {id: notify, title: Users told, signOff: Support}
                      - {id: post-mortem, title: Post-mortem, signOff: Team lead, within: 48h}
                    scenarios:
                      database-loss:
                        objective: database
                    """));

    assertThat(((ComponentSpec.Postgres) plan.components().get("db")).erasures())
        .containsExactly(
            new ComponentSpec.Erasure("orders", Map.of("email", "gone@example.org", "shop", "7")));
    assertThat(plan.objectives())
        .containsExactly(
            new Objective(
                "database",
                Duration.ofMinutes(45),
                Optional.of(Duration.ofHours(24)),
                Optional.of(Objective.Priority.CRITICAL)),
            new Objective("search", Duration.ofHours(8), Optional.empty(), Optional.empty()));
    assertThat(plan.escalation())
        .containsExactly(
            new EscalationLevel(1, "On-call", Duration.ZERO),
            new EscalationLevel(2, "Team lead", Duration.ofMinutes(30)));
    assertThat(plan.checklist())
        .containsExactly(
            new ChecklistItem.Checked("data", "Data verified", "row counts"),
            new ChecklistItem.Signed("notify", "Users told", "Support", Optional.empty()),
            new ChecklistItem.Signed(
                "post-mortem", "Post-mortem", "Team lead", Optional.of(Duration.ofDays(2))));
    assertThat(plan.scenarios().get(0).objective()).contains("database");
    assertThat(plan.scenarios().get(1).objective()).isEmpty();
  }

  @Test
  void aScenarioWithoutABackupNeedsNoStepThatRestores() {
    DrillPlan plan =
        folder.load(
            PlanFolder.VALID
                .replace("    backup: db-dump\n", "")
                .replace("        restore: true\n", ""));

    assertThat(plan.scenarios().get(0).steps()).noneMatch(Step::restore);
  }

  @Test
  void otherStoresKeepWhatThePlanSays() {
    DrillPlan plan =
        folder.load(
            PlanFolder.VALID.replace(
                "  cache:\n",
                """
                  catalogue:
                    kind: mongo
                    port: 27017
                    database: shop
                    seed: bin/fill --all
                    collections:
                      products: {minimumRows: 3}
                      views: {mayBeEmpty: true}
                  media:
                    kind: object-store
                    buckets:
                      photos: {versioning: true}
                      uploads: {}
                    users: [shop, backup]
                    seed: [bin/fill, "with blanks"]
                  spare: {kind: postgres-standby, of: db}
                  database: {kind: address, of: db, port: 5432}
                  sessions: {kind: redis, persistence: aof, seed: bin/fill}
                  mail: {kind: app, command: bin/mail, health: /, environment: {LOG_LEVEL: debug, WORKERS: 2}}
                  cache:
                """));

    assertThat(((ComponentSpec.App) plan.components().get("mail")).environment())
        .containsExactly(Map.entry("LOG_LEVEL", "debug"), Map.entry("WORKERS", "2"));
    assertThat(plan.components().get("spare"))
        .isEqualTo(new ComponentSpec.PostgresStandby("spare", OptionalInt.empty(), "db"));
    assertThat(plan.components().get("database"))
        .isEqualTo(new ComponentSpec.Address("database", OptionalInt.of(5432), "db"));
    assertThat(plan.components().get("database").needs()).containsExactly("db");
    assertThat(plan.components().get("sessions"))
        .isEqualTo(
            new ComponentSpec.Redis(
                "sessions",
                OptionalInt.empty(),
                ComponentSpec.Persistence.AOF,
                List.of("bin/fill")));

    assertThat(plan.components().get("catalogue"))
        .isEqualTo(
            new ComponentSpec.Mongo(
                "catalogue",
                OptionalInt.of(27017),
                "shop",
                List.of("bin/fill", "--all"),
                Map.of(
                    "products", new ComponentSpec.TableSpec(3, false),
                    "views", new ComponentSpec.TableSpec(0, true))));
    assertThat(plan.components().get("media"))
        .isEqualTo(
            new ComponentSpec.ObjectStore(
                "media",
                OptionalInt.empty(),
                Map.of("photos", true, "uploads", false),
                List.of("shop", "backup"),
                List.of("bin/fill", "with blanks")));
  }

  @Test
  void backupsAndScenariosKeepWhatThePlanSays() {
    DrillPlan plan = folder.load(PlanFolder.VALID);

    assertThat(plan.backup("db-dump"))
        .contains(
            new BackupPolicy(
                "db-dump",
                "db",
                BackupPolicy.Kind.FULL,
                Optional.empty(),
                Optional.of("dump.sh"),
                Optional.of(CronSchedule.parse("0 */12 * * *")),
                Duration.ofDays(14),
                Optional.empty(),
                "postgres",
                "none"));
    Scenario loss = plan.scenario("database-loss").orElseThrow();
    assertThat(loss.severity()).isEqualTo(Severity.P0);
    assertThat(loss.rto()).isEqualTo(Duration.ofMinutes(45));
    assertThat(loss.rpo()).contains(Duration.ofHours(24));
    assertThat(loss.backup()).contains("db-dump");
    assertThat(loss.declaredManualTime()).isEqualTo(Duration.ofSeconds(90));
    assertThat(loss.steps())
        .containsExactly(
            new Step(
                "look-around",
                "Look around",
                Step.Kind.MANUAL,
                Duration.ofMinutes(2),
                Optional.of(Duration.ofSeconds(90)),
                false),
            new Step(
                "restore-database",
                "Restore it",
                Step.Kind.AUTOMATED,
                Duration.ofMinutes(15),
                Optional.empty(),
                true));
    assertThat(plan.scenario("power-cut").orElseThrow().notDrilled()).contains("nobody may cut it");
  }

  @Test
  void whatAPlanPromisesOfItsBackupsIsKept() {
    DrillPlan plan =
        folder.load(
            PlanFolder.VALID
                .replace(
                    "    retention: 14d\n",
                    "    timeZone: Europe/Berlin\n    takes: 10m\n    retention: 14d\n")
                .replace(
                    "scenarios:\n",
                    """
                      db-log:
                        component: db
                        kind: wal
                        basedOn: db-dump
                        schedule: "*/5 * * * *"
                        retention: 2d
                        location: wal
                        encryption: none
                      by-hand: {component: db, kind: full, retention: 1d, location: x, encryption: none}
                    recoveryPoints:
                      - {component: db, reachingBack: 30d, every: 1d}
                      - {component: db, reachingBack: 1d, every: 5m}
                    production: {size: 120GB}
                    scenarios:
                    """)
                .replace("backup: db-dump\n", "backup: db-dump\n    detectedWithin: 3d\n"));

    assertThat(plan.backup("db-dump").orElseThrow())
        .satisfies(
            dump -> {
              assertThat(dump.kind()).isEqualTo(BackupPolicy.Kind.FULL);
              assertThat(dump.schedule())
                  .contains(CronSchedule.parse("0 */12 * * *").in(ZoneId.of("Europe/Berlin")));
              assertThat(dump.takes()).contains(Duration.ofMinutes(10));
            });
    assertThat(plan.backup("db-log").orElseThrow())
        .satisfies(
            log -> {
              assertThat(log.kind()).isEqualTo(BackupPolicy.Kind.WAL);
              assertThat(log.basedOn()).contains("db-dump");
              assertThat(log.takes()).isEmpty();
            });
    assertThat(plan.backup("by-hand").orElseThrow().schedule()).isEmpty();
    assertThat(plan.backupsOf("db"))
        .extracting(BackupPolicy::id)
        .containsExactly("db-dump", "db-log", "by-hand");
    assertThat(plan.backupsOf("cache")).isEmpty();
    assertThat(plan.promises())
        .containsExactly(
            new RecoveryPromise("db", Duration.ofDays(30), Duration.ofDays(1)),
            new RecoveryPromise("db", Duration.ofDays(1), Duration.ofMinutes(5)));
    assertThat(plan.productionSize()).contains(new DataSize(120_000_000_000L));
    assertThat(plan.scenarios().get(0).detectedWithin()).contains(Duration.ofDays(3));
    assertThat(plan.scenarios().get(1).detectedWithin()).isEmpty();
  }

  @Test
  void aPlanNeedNotPromiseAnythingOfItsBackups() {
    DrillPlan plan = folder.load(PlanFolder.VALID);
    assertThat(plan.promises()).isEmpty();
    assertThat(plan.productionSize()).isEmpty();
    assertThat(plan.scenarios().get(0).detectedWithin()).isEmpty();
  }

  @Test
  void theExampleInThePackagesDocumentationIsAPlan() throws IOException {
    Path documentation = Path.of("src/main/java/dev/drillbook/plan/package-info.java");
    String source = Files.readString(documentation).replaceAll("(?m)^ \\* ?", "");
    String example =
        source.substring(source.indexOf("<pre>{@code") + 11, source.indexOf("}</pre>"));

    Files.writeString(
        temp.resolve("docker-compose.yml"), "services: {backend: {image: acme/shop}}");

    DrillPlan plan = folder.load(example.replace("backup.sh", "dump.sh"));

    assertThat(plan.components()).containsOnlyKeys("db", "shop");
    assertThat(plan.image("shop")).contains("acme/shop");
    assertThat(plan.corrections()).hasSize(1);
  }

  @Test
  void allProblemsAreReportedAtOnceInLineOrder() {
    String text =
        PlanFolder.VALID
            .replace("title: A web shop", "titel: A web shop")
            .replace("schema: schema.sql", "schema: missing.sql")
            .replace("component: db", "component: bd")
            .replace("severity: P0", "severity: bad")
            .replace("budget: 15m", "budget: 5-15 minutes")
            .replace("restore: true", "restore: false");

    Path file = folder.plan(text);
    PlanException refusal = catchThrowableOfType(PlanException.class, () -> PlanLoader.load(file));

    assertThat(refusal.problems())
        .extracting(Problem::line, Problem::found)
        .containsExactly(
            tuple(1, "the plan has no 'title'"),
            tuple(2, "the plan has an unknown key 'titel'"),
            tuple(8, "component db: 'schema' is 'missing.sql', a file that does not exist"),
            tuple(27, "backup db-dump: 'component' is 'bd', not a component of this plan"),
            tuple(36, "scenario database-loss: 'severity' is 'bad', not a severity"),
            tuple(
                40,
                "scenario database-loss restores from a backup, but no step is marked 'restore: true'"),
            tuple(
                48,
                "scenario database-loss, step restore-database: 'budget' is '5-15 minutes', not a"
                    + " duration"));
    assertThat(refusal)
        .hasMessageContaining(file + ":2: the plan has an unknown key 'titel'")
        .hasMessageContaining("    hint: did you mean 'title'? the keys here are: system, title")
        .hasMessageContaining(
            "    hint: a target is one number, not a range: take its upper end, 15m")
        .hasMessageContaining("correct these 7 problems; nothing has been run");
    assertThat(refusal.problems()).allSatisfy(p -> assertThat(p.file()).isEqualTo(file));
  }

  @Test
  void aMissingFileIsAProblem() {
    assertRefused(temp.resolve("nowhere.yaml"), 1, "there is no such file");
    assertRefused(temp, 1, "this is not a file");
  }

  @Test
  void aFileThatIsNotUtf8IsAProblem() throws IOException {
    Path file = temp.resolve("plan.yaml");
    Files.write(file, new byte[] {'a', ':', ' ', (byte) 0xff, '\n'});
    assertRefused(file, 1, "this is not UTF-8 text");
  }

  @Test
  void anEmptyFileIsAProblem() {
    assertRefused(folder.plan(""), 1, "the plan is empty");
    assertRefused(folder.plan("# only a comment\n"), 1, "the plan is empty");
  }

  @Test
  void aSyntaxErrorIsAProblemOnItsLine() {
    assertRefused(folder.plan("system: a\ntitle: [b\nc: d\n"), 3, "this is not YAML: ");
    assertRefused(folder.plan("system: a\n\ttitle: b\n"), 2, "this is not YAML: ");
    assertRefused(folder.plan("system: a\n---\nsystem: b\n"), 2, "this is not YAML: ");
    assertRefused(folder.plan("system: \u0007\n"), 1, "this is not YAML: ");
  }

  @Test
  void aPlanThatIsNoMappingIsAProblem() {
    assertRefused(folder.plan("\n- system\n"), 2, "the plan is a list, not a mapping");
  }

  @Test
  void aValueThatContainsItselfIsAProblem() {
    List<Problem> problems = folder.problems(PlanFolder.VALID + "extra: &a\n  b: *a\n");
    assertThat(problems).extracting(Problem::found).contains("this value contains itself");
  }

  private static void assertRefused(Path file, int line, String found) {
    PlanException refusal = catchThrowableOfType(PlanException.class, () -> PlanLoader.load(file));
    assertThat(refusal.problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.line()).isEqualTo(line);
              assertThat(problem.found()).startsWith(found);
              assertThat(problem.hint()).isNotBlank();
            });
  }
}
