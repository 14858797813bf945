package dev.drillbook.restorecheck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillbook.catalogue.Pick;
import dev.drillbook.plan.DrillPlan;
import dev.drillbook.plan.PlanLoader;
import dev.drillbook.site.ObjectStore;
import dev.drillbook.site.Postgres;
import dev.drillbook.site.SiteSettings;
import dev.drillbook.site.embedded.EmbeddedSite;
import dev.drillbook.site.embedded.Installations;
import dev.drillbook.timeline.Finding;
import dev.drillbook.timeline.Verdict;
import dev.drillbook.unpacking.Stage;
import dev.drillbook.verification.CheckResult;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** Real dumps of a real server, good ones and bad ones, restored into another one. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RestoreCheckIT {
  private static final Installations PROGRAMS =
      Installations.ofThisMachine(System.getenv(), said -> {});

  private static final String SCHEMA =
      """
      create table customers (id bigint generated always as identity primary key, name text not null);
      create table orders (
        id bigserial primary key, customer_id bigint not null references customers,
        created_at timestamptz not null, total numeric(10,2) not null);
      create index orders_by_customer on orders (customer_id);
      create table notes (id int primary key, body text);
      insert into customers (name) select 'c' || i from generate_series(1, 50) i;
      insert into orders (customer_id, created_at, total)
        select 1 + i % 50, now() - i * interval '1 minute', i from generate_series(1, 400) i;
      """;

  private static final String CHECK =
      """
      freshness: {orders: created_at}
      assertions:
        - {id: no-order-is-negative, sql: "select id, total from orders where total < 0"}
      """;

  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("uuuuMMdd_HHmmss").withZone(ZoneOffset.UTC);

  private Path folder;
  private EmbeddedSite production;
  private Postgres source;
  private ObjectStore assets;
  private Path dump;

  @BeforeAll
  void takeBackups(@TempDir Path temporary) throws Exception {
    folder = temporary;
    production = EmbeddedSite.create(plan("files: x"), SiteSettings.ofScale(1), PROGRAMS);
    source = production.postgres("db");
    assets = production.objectStore("assets");
    production.bringUp();
    dump = dump("shop.dump", "--format=custom");
  }

  @AfterAll
  void close() {
    production.close();
  }

  private DrillPlan plan(String check) throws IOException {
    Path home = Files.createTempDirectory(folder, "plan");
    Files.writeString(home.resolve("schema.sql"), SCHEMA);
    Path scripts = Files.createDirectories(home.resolve("scripts"));
    Path script = scripts.resolve("restore.sh");
    Files.writeString(
        script,
        "#!/bin/sh\nset -eu\npg_restore --dbname=\"$PGDATABASE\" \"$(ls \"$BACKUP_DIR\"/shop_*.dump)\"\n");
    assertThat(script.toFile().setExecutable(true)).isTrue();
    return PlanLoader.load(
        Files.writeString(
            home.resolve("plan.yaml"),
            """
            system: tiny
            title: A small shop
            components:
              db:
                kind: postgres
                database: shop
                user: clerk
                schema: schema.sql
                tables:
                  customers: {minimumRows: 50}
                  orders: {minimumRows: 300}
                  notes: {mayBeEmpty: true}
              assets:
                kind: object-store
                buckets: {invoices: {}}
                users: [checker]
            backups:
              nightly:
                component: db
                schedule: "0 * * * *"
                retention: 1d
                location: db
                encryption: none
            restoreChecks:
              nightly:
                keep: {daily: 1}
                %s
            scenarios:
              loss:
                title: Loss
                severity: P1
                rto: 1h
                rpo: 2h
                backup: nightly
                notDrilled: only its backups are looked at
                steps:
                  - {id: restore, kind: automated, budget: 1h, restore: true}
            """
                .formatted(check.strip().replace("\n", "\n    "))));
  }

  private Path dump(String name, String... options) throws Exception {
    // A server's programs may run as another user: into a folder that anybody may write to.
    Path shared = Files.createTempDirectory("dumps");
    assertThat(shared.toFile().setWritable(true, false)).isTrue();
    assertThat(shared.toFile().setExecutable(true, false)).isTrue();
    List<String> arguments = new ArrayList<>(List.of(options));
    arguments.add("--file=" + shared.resolve(name));
    source.tool("pg_dump", arguments.toArray(String[]::new)).perform();
    Path kept = Files.createTempDirectory(folder, "dump").resolve(name);
    Files.move(shared.resolve(name), kept);
    Files.delete(shared);
    return kept;
  }

  private String sql() throws Exception {
    return Files.readString(dump("shop.sql"));
  }

  /** A catalogue of one backup that was taken a moment ago. */
  private Path catalogue(String extension, byte[] content) throws IOException {
    Path catalogue = Files.createTempDirectory(folder, "catalogue");
    Files.write(catalogue.resolve("shop_" + STAMP.format(Instant.now()) + extension), content);
    return catalogue;
  }

  private Path zipped(String sql) throws IOException {
    Path catalogue = catalogue(".sql.gz", new byte[0]);
    try (Stream<Path> files = Files.list(catalogue);
        OutputStream out =
            new GZIPOutputStream(Files.newOutputStream(files.findFirst().orElseThrow()))) {
      out.write(sql.getBytes(StandardCharsets.UTF_8));
    }
    return catalogue;
  }

  private RestoreCheckRecord check(Path catalogue, String check) throws IOException {
    return check(catalogue, check, System.getenv());
  }

  private RestoreCheckRecord check(Path catalogue, String check, Map<String, String> environment)
      throws IOException {
    DrillPlan plan = plan(check);
    List<String> left = new ArrayList<>();
    RestoreChecks checks =
        new RestoreChecks(
            plan,
            catalogue.toString(),
            Pick.parse("newest"),
            1,
            of -> EmbeddedSite.create(of, SiteSettings.ofScale(1), PROGRAMS),
            environment);
    List<RestoreCheckRecord> records =
        checks.run(
            plan.restoreChecks().get("nightly"),
            Optional.empty(),
            record -> left.addAll(record.notes()));
    assertThat(records).hasSize(1);
    return records.get(0);
  }

  private RestoreCheckRecord checkSql(String sql) throws IOException {
    return check(zipped(sql), sqlFiles());
  }

  private static String sqlFiles() {
    return "files: \"shop_{yyyyMMdd_HHmmss}.sql.gz\"\n" + CHECK;
  }

  private static String dumps() {
    return "files: \"shop_{yyyyMMdd_HHmmss}.dump\"\n" + CHECK;
  }

  private static void isRed(
      RestoreCheckRecord record, Verdict verdict, String subject, String say) {
    assertThat(record.verdict()).as(CheckText.of(record)).isEqualTo(verdict);
    assertThat(record.findings())
        .as(CheckText.of(record))
        .anySatisfy(
            finding -> {
              assertThat(finding.verdict()).isEqualTo(verdict);
              assertThat(finding.subject()).contains(subject);
              assertThat(finding.found() + finding.expected() + finding.examples()).contains(say);
            });
  }

  @Test
  void aGoodBackupIsRestoredProvenAndMeasured() throws Exception {
    RestoreCheckRecord record = check(catalogue(".dump", Files.readAllBytes(dump)), dumps());
    assertThat(record.findings()).as(CheckText.of(record)).isEmpty();
    assertThat(record.verdict()).isEqualTo(Verdict.PASS);
    assertThat(record.rows()).isEqualTo(450);
    assertThat(record.restoredBytes().orElseThrow()).isGreaterThan(1_000_000);
    assertThat(record.checks())
        .extracting(CheckResult::name)
        .containsExactly(
            "row counts",
            "foreign keys",
            "sequences",
            "sound pages and indexes",
            "freshness",
            "assertion no-order-is-negative");
    assertThat(record.stages()).extracting(Stage::name).endsWith("restore", "verify");
    assertThat(record.stages()).allSatisfy(stage -> assertThat(stage.took()).isPositive());
    assertThat(record.site()).isEqualTo("embedded");
    assertThat(record.components()).singleElement().asString().startsWith("db: PostgreSQL ");
  }

  @Test
  void aCompressedScriptOfSqlIsRestoredToo() throws Exception {
    RestoreCheckRecord record = checkSql(sql());
    assertThat(record.findings()).as(CheckText.of(record)).isEmpty();
    assertThat(record.rows()).isEqualTo(450);
  }

  @Test
  void theTeamsOwnScriptRestores() throws Exception {
    RestoreCheckRecord record =
        check(catalogue(".dump", Files.readAllBytes(dump)), dumps() + "restore: restore.sh\n");
    assertThat(record.findings()).as(CheckText.of(record)).isEmpty();
    assertThat(record.rows()).isEqualTo(450);
    assertThat(record.transcript()).contains("restore.sh");
  }

  @Test
  void aDumpThatIsCutOffIsRed() throws Exception {
    byte[] whole = Files.readAllBytes(dump);
    byte[] half = Arrays.copyOf(whole, whole.length / 2);
    isRed(check(catalogue(".dump", half), dumps()), Verdict.FAIL, "", "");
    String sql = sql();
    isRed(
        checkSql(sql.substring(0, sql.indexOf("COPY public.orders"))),
        Verdict.FAIL,
        "unpack",
        "cut off");
  }

  @Test
  void rowsThatAreMissingAreRed() throws Exception {
    String sql = sql();
    int copy = sql.indexOf("COPY public.orders");
    int rows = sql.indexOf('\n', copy) + 1;
    String without = sql.substring(0, rows) + sql.substring(sql.indexOf("\\.", rows));
    isRed(checkSql(without), Verdict.FAIL, "row counts", "0 rows");
  }

  @Test
  void aTableThatIsMissingIsRed() throws Exception {
    RestoreCheckRecord record =
        checkSql(Files.readString(dump("part.sql", "--table=customers", "--table=notes")));
    isRed(record, Verdict.FAIL, "row counts", "table db.orders exists");
  }

  @Test
  void aDumpWithoutAnythingInItIsRed() throws Exception {
    isRed(
        checkSql(Files.readString(dump("none.sql", "--table=customers", "--exclude-table=*"))),
        Verdict.FAIL,
        "restore",
        "as empty as it was");
  }

  @Test
  void errorsOfARestoreThatEndsWellAreRed() throws Exception {
    RestoreCheckRecord record =
        checkSql(
            sql()
                .replace(
                    "-- PostgreSQL database dump complete",
                    """
            ALTER TABLE public.missing ADD COLUMN x int;
            -- PostgreSQL database dump complete"""));
    isRed(record, Verdict.FAIL, "restore", "public.missing");
    assertThat(record.rows()).isEqualTo(450);
  }

  @Test
  void rowsThatReferToNothingAreRed() throws Exception {
    try (Connection admin = source.administer("shop");
        Statement statement = admin.createStatement()) {
      statement.execute("set session_replication_role = replica");
      statement.execute("delete from customers where id = 7");
    }
    try {
      // The constraint itself cannot be added: psql says so and goes on.
      RestoreCheckRecord record = checkSql(sql());
      isRed(record, Verdict.FAIL, "restore", "violates foreign key constraint");
      isRed(record, Verdict.FAIL, "row counts", "49 rows");
    } finally {
      try (Connection admin = source.administer("shop");
          Statement statement = admin.createStatement()) {
        statement.execute("insert into customers overriding system value values (7, 'c7')");
      }
    }
  }

  @Test
  void aSequenceThatIsBehindIsRed() throws Exception {
    String sql =
        sql()
            .replaceAll(
                "setval\\('public.orders_id_seq', \\d+", "setval('public.orders_id_seq', 7");
    isRed(checkSql(sql), Verdict.FAIL, "sequences", "orders_id_seq");
  }

  @Test
  void dataThatStoodStillIsRed() throws Exception {
    String sql =
        sql()
            .replace(
                "-- PostgreSQL database dump complete",
                """
        UPDATE public.orders SET created_at = created_at - interval '3 days';
        -- PostgreSQL database dump complete""");
    isRed(checkSql(sql), Verdict.FAIL, "freshness", "3 d");
  }

  @Test
  void whatTheTeamCallsWrongIsRed() throws Exception {
    String sql =
        sql()
            .replace(
                "-- PostgreSQL database dump complete",
                """
        UPDATE public.orders SET total = -1 WHERE id = 9;
        -- PostgreSQL database dump complete""");
    isRed(checkSql(sql), Verdict.FAIL, "no-order-is-negative", "id=9, total=-1.00");
  }

  @Test
  void objectsThatRowsPointToAreLookedForWhereTheyAre() throws Exception {
    try (S3Client client = assets.connect()) {
      for (int i = 1; i <= 400; i++) {
        String key = "2026/" + i + ".pdf";
        client.putObject(put -> put.bucket("invoices").key(key), RequestBody.fromString("x"));
      }
    }
    ObjectStore.Keys keys = assets.keys("checker");
    Map<String, String> environment =
        Map.of(
            "AWS_ENDPOINT_URL", assets.endpoint().toString(),
            "AWS_ACCESS_KEY_ID", keys.accessKey(),
            "AWS_SECRET_ACCESS_KEY", keys.secretKey());
    String objects =
        dumps()
            .replace(
                "assertions:\n", "assertions:\n  - {id: invoices, sql: \"%s\", objectsIn: %s}\n");
    String sql = "select id || '.pdf', null, 1 from orders";
    Path catalogue = catalogue(".dump", Files.readAllBytes(dump));
    RestoreCheckRecord good =
        check(catalogue, objects.formatted(sql, "s3://invoices/2026"), environment);
    assertThat(good.findings()).as(CheckText.of(good)).isEmpty();
    assertThat(good.checks())
        .extracting(CheckResult::coverage)
        .contains("400 references from db to s3.invoices/2026/");
    String more = sql + " union select '401.pdf', null, 1 union select '7.pdf', null, 2";
    RestoreCheckRecord bad =
        check(catalogue, objects.formatted(more, "s3://invoices/2026/"), environment);
    isRed(bad, Verdict.FAIL, "assertion invoices", "401.pdf");
    isRed(bad, Verdict.FAIL, "assertion invoices", "7.pdf: the row says 2 bytes");
    isRed(
        check(catalogue, objects.formatted(sql, "s3://nowhere"), environment),
        Verdict.FAIL,
        "assertion invoices",
        "400 of 400 are not");
  }

  @Test
  void aScriptThatReachesOutDoesNot() throws Exception {
    Path mark = folder.resolve("reached");
    for (String attack :
        List.of(
            "\\! touch " + mark,
            "\\copy public.notes from program 'touch " + mark + "'",
            "COPY public.notes FROM PROGRAM 'touch " + mark + "';",
            "COPY public.notes TO '" + mark + "';",
            "CREATE FUNCTION public.f() RETURNS int LANGUAGE c AS 'libc', 'system';")) {
      RestoreCheckRecord record =
          checkSql(
              sql()
                  .replace(
                      "-- PostgreSQL database dump complete",
                      attack + "\n-- PostgreSQL database dump complete"));
      assertThat(record.verdict()).as(attack + CheckText.of(record)).isEqualTo(Verdict.FAIL);
      assertThat(mark).as(attack).doesNotExist();
    }
  }

  @Test
  void rolesAndExtensionsThatADumpTakesForGrantedAreMade() throws Exception {
    String sql =
        sql()
            .replace(
                "-- PostgreSQL database dump complete",
                """
                CREATE EXTENSION IF NOT EXISTS citext WITH SCHEMA public;
                COMMENT ON EXTENSION citext IS 'case does not matter';
                ALTER TABLE public.notes OWNER TO "Head of Sales";
                GRANT SELECT ON TABLE public.orders TO auditor;
                -- PostgreSQL database dump complete""");
    RestoreCheckRecord record = checkSql(sql);
    assertThat(record.findings()).as(CheckText.of(record)).isEmpty();

    Path catalogue = zipped(sql);
    Files.writeString(
        catalogue.resolve("roles_" + STAMP.format(Instant.now()) + ".sql"),
        "-- PostgreSQL database cluster dump\nCREATE ROLE auditor;\n-- PostgreSQL database cluster dump complete\n");
    RestoreCheckRecord withGlobals =
        check(catalogue, sqlFiles() + "globals: \"roles_{yyyyMMdd_HHmmss}.sql\"\n");
    isRed(withGlobals, Verdict.FAIL, "restore", "role Head of Sales");
    assertThat(withGlobals.findings())
        .extracting(Finding::found)
        .noneMatch(f -> f.contains("auditor"));
  }

  @Test
  void anExtensionThatIsNotHereProvesNothing() throws Exception {
    String sql =
        sql()
            .replace(
                "-- PostgreSQL database dump complete",
                "CREATE EXTENSION nowhere;\n-- PostgreSQL database dump complete");
    RestoreCheckRecord record = checkSql(sql);
    assertThat(record.findings())
        .anySatisfy(
            finding -> {
              assertThat(finding.verdict()).isEqualTo(Verdict.UNKNOWN);
              assertThat(finding.expected()).contains("the extension nowhere");
            });
  }

  @Test
  void aCatalogueWithoutABackupProvesNothing() throws Exception {
    Path empty = Files.createTempDirectory(folder, "empty");
    isRed(check(empty, dumps()), Verdict.UNKNOWN, "catalogue", empty.toString());
  }
}
