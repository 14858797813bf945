package dev.drillbook.restorecheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drillbook.catalogue.Pick;
import dev.drillbook.manifest.Manifest;
import dev.drillbook.manifest.ManifestRun;
import dev.drillbook.plan.DrillPlan;
import dev.drillbook.plan.PlanLoader;
import dev.drillbook.site.Postgres;
import dev.drillbook.site.SiteSettings;
import dev.drillbook.site.embedded.EmbeddedSite;
import dev.drillbook.site.embedded.Installations;
import dev.drillbook.snapshot.DatabaseSnapshot;
import dev.drillbook.timeline.DrillException;
import dev.drillbook.timeline.Verdict;
import dev.drillbook.verification.CheckResult;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Manifests of real dumps, taken by a role that may only read, and what a check makes of them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ManifestIT {
  private static final Installations PROGRAMS =
      Installations.ofThisMachine(System.getenv(), said -> {});

  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("uuuuMMdd_HHmmss").withZone(ZoneOffset.UTC);

  private static final String PLAN =
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
            notes: {mayBeEmpty: true}
      backups:
        nightly:
          component: db
          schedule: "0 * * * *"
          retention: 1d
          location: db
          encryption: none
      restoreChecks:
        nightly:
          files: "shop_{yyyyMMdd_HHmmss}.dump"
          keep: {daily: 1}
          manifest: true
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
      """;

  private static final String[] TABLES = {
    "drop schema public cascade",
    "create schema public",
    "create table customers (id bigint primary key, name text not null, born date, score float8)",
    "create index customers_by_name on customers (name)",
    "create table notes (id int primary key, body jsonb, tags text[])",
    "create sequence tickets",
    "select setval('tickets', 41)",
    "insert into customers select i, 'cüstomer ' || i, date '1970-01-01' + i::int, i / 3.0 from generate_series(1, 60) i",
    "insert into notes values (1, '{\"a\": 1.10}', '{x,y}'), (2, null, null)"
  };

  private Path folder;
  private DrillPlan plan;
  private EmbeddedSite production;
  private Postgres source;
  private Map<String, String> environment;
  private Path catalogue;
  private Path dump;

  @BeforeAll
  void start(@TempDir Path temporary) throws Exception {
    folder = temporary;
    Files.writeString(folder.resolve("schema.sql"), "create table customers (id int);");
    plan = PlanLoader.load(Files.writeString(folder.resolve("plan.yaml"), PLAN));
    production = EmbeddedSite.create(plan, SiteSettings.ofScale(1), PROGRAMS);
    source = production.postgres("db");
    production.bringUp();
    try (Connection admin = source.administer("shop");
        Statement statement = admin.createStatement()) {
      statement.execute("create role reader login password 'only looks'");
      statement.execute("grant pg_read_all_data to reader");
      URI address = URI.create(admin.getMetaData().getURL().replaceFirst("^jdbc:", ""));
      environment = new HashMap<>(System.getenv());
      environment.putAll(
          Map.of(
              "PGHOST",
              address.getHost(),
              "PGPORT",
              Integer.toString(address.getPort()),
              "PGDATABASE",
              "shop",
              "PGUSER",
              "reader",
              "PGPASSWORD",
              "only looks",
              "PATH",
              programs() + ":" + System.getenv("PATH")));
    }
  }

  /** Where the programs are that go with the server. */
  private String programs() throws Exception {
    Path shared = Files.createTempDirectory("programs");
    assertThat(shared.toFile().setWritable(true, false)).isTrue();
    assertThat(shared.toFile().setExecutable(true, false)).isTrue();
    Path said = shared.resolve("said");
    source.tool("/bin/sh", "-c", "command -v pg_dump > " + said).perform();
    String program = Files.readString(said).strip();
    Files.delete(said);
    Files.delete(shared);
    return Path.of(program).getParent().toString();
  }

  @AfterAll
  void close() {
    production.close();
  }

  @BeforeEach
  void makeTables() throws Exception {
    execute(TABLES);
    catalogue = Files.createTempDirectory(folder, "catalogue");
    dump = catalogue.resolve("shop_" + STAMP.format(Instant.now()) + ".dump");
  }

  private void execute(String... statements) throws SQLException {
    try (Connection connection = source.connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private Path manifest() {
    return dump.resolveSibling(dump.getFileName() + ".manifest.json");
  }

  private Manifest take(Set<String> without, String... command) throws Exception {
    return new ManifestRun(environment, manifest(), without, false).run(List.of(command));
  }

  private Manifest takeDump(String... more) throws Exception {
    return take(
        Set.of(),
        Stream.concat(
                Stream.of("pg_dump", "--snapshot={snapshot}", "--format=custom", "--file=" + dump),
                Stream.of(more))
            .toArray(String[]::new));
  }

  private RestoreCheckRecord check() {
    RestoreChecks checks =
        new RestoreChecks(
            plan,
            catalogue.toString(),
            Pick.parse("newest"),
            1,
            of -> EmbeddedSite.create(of, SiteSettings.ofScale(1), PROGRAMS),
            System.getenv());
    List<RestoreCheckRecord> records =
        checks.run(plan.restoreChecks().get("nightly"), Optional.empty(), record -> {});
    assertThat(records).hasSize(1);
    return records.get(0);
  }

  private void isRed(Verdict verdict, String say) {
    RestoreCheckRecord record = check();
    assertThat(record.verdict()).as(CheckText.of(record)).isEqualTo(verdict);
    assertThat(record.findings())
        .as(CheckText.of(record))
        .anySatisfy(
            finding -> {
              assertThat(finding.verdict()).isEqualTo(verdict);
              assertThat(finding.expected() + finding.found() + finding.examples()).contains(say);
            });
  }

  @Test
  void clientsMayWriteWhileABackupAndItsManifestAreTaken() throws Exception {
    AtomicBoolean taken = new AtomicBoolean();
    Thread clerk = new Thread(() -> writeUntil(taken));
    clerk.start();
    Manifest manifest;
    try {
      // The clerk has the time to write while the dump has not begun.
      manifest =
          take(
              Set.of(),
              "/bin/sh",
              "-c",
              "sleep 0.5; exec pg_dump --snapshot=\"$DRILLBOOK_SNAPSHOT\" -Fc > \"$0\"",
              dump.toString());
    } finally {
      taken.set(true);
      clerk.join();
    }
    assertThat(manifest.image().tables().keySet()).containsExactly("customers", "notes");
    RestoreCheckRecord record = check();
    assertThat(record.findings()).as(CheckText.of(record)).isEmpty();
    assertThat(record.verdict()).isEqualTo(Verdict.PASS);
    assertThat(record.rows()).isEqualTo(manifest.image().rows());
    assertThat(record.checks())
        .filteredOn(check -> check.name().equals("manifest"))
        .singleElement()
        .extracting(CheckResult::coverage)
        .asString()
        .startsWith("2 tables, " + manifest.image().rows() + " rows, ");
    assertThat(Files.readString(manifest())).doesNotContain("only looks").doesNotContain("cüst");
  }

  private void writeUntil(AtomicBoolean taken) {
    try {
      for (int i = 1_000; !taken.get(); i++) {
        execute("insert into customers values (" + i + ", 'new', null, null)");
        execute("update notes set body = '{\"a\": " + i + "}' where id = 1");
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aValueThatIsNotAsItWasIsRed() throws Exception {
    take(Set.of(), "true");
    execute("update notes set body = '{\"a\": 1.1}' where id = 1");
    dumpWhatIsThereNow();
    isRed(Verdict.FAIL, "2 rows, but with different content");
  }

  @Test
  void aRowThatIsMissingIsRed() throws Exception {
    take(Set.of(), "true");
    execute("delete from customers where id = 60");
    dumpWhatIsThereNow();
    isRed(Verdict.FAIL, "59 rows");
  }

  @Test
  void anIndexThatIsMissingIsRed() throws Exception {
    take(Set.of(), "true");
    execute("drop index customers_by_name");
    dumpWhatIsThereNow();
    isRed(Verdict.FAIL, "index public.customers_by_name");
  }

  @Test
  void aCounterThatIsBehindIsRed() throws Exception {
    take(Set.of(), "true");
    execute("select setval('tickets', 40)");
    dumpWhatIsThereNow();
    isRed(Verdict.FAIL, "the last value it handed out is 40");
  }

  /** Dumps what there is now, beside the manifest of what there was. */
  private void dumpWhatIsThereNow() throws Exception {
    Path other = Files.createTempDirectory(folder, "other").resolve("manifest.json");
    new ManifestRun(environment, other, Set.of(), true)
        .run(List.of("pg_dump", "--format=custom", "--file=" + dump));
  }

  @Test
  void oneThatIsAskedForAndIsNotThereIsRed() throws Exception {
    takeDump();
    Files.delete(manifest());
    isRed(Verdict.FAIL, "none is beside " + dump.getFileName());
  }

  @Test
  void oneThatIsCutOffProvesNothing() throws Exception {
    takeDump();
    String whole = Files.readString(manifest());
    Files.writeString(manifest(), whole.substring(0, whole.length() / 2));
    isRed(Verdict.UNKNOWN, "is not as Drillbook writes manifests");
  }

  @Test
  void rowsOfAnotherEncodingAreCountedOnly() throws Exception {
    takeDump();
    String utf8 = Files.readString(manifest());
    String latin = utf8.replace("\"encoding\" : \"UTF8\"", "\"encoding\" : \"LATIN1\"");
    assertThat(latin).isNotEqualTo(utf8);
    Files.writeString(manifest(), latin.replaceFirst("\"sum\" : \"[^\"]+", "\"sum\" : \"7"));
    isRed(Verdict.UNKNOWN, "that was LATIN1, and the store is UTF8");
    Files.writeString(manifest(), latin.replace("\"rows\" : 60", "\"rows\" : 61"));
    isRed(Verdict.FAIL, "61 rows");
  }

  @Test
  void definitionsAsAnotherMajorVersionWritesThemNeedOnlyBeThere() throws Exception {
    takeDump();
    String here = Files.readString(manifest());
    String other = here.replaceFirst("\"serverMajor\" : \\d+", "\"serverMajor\" : 9");
    Files.writeString(manifest(), other.replace("USING btree (name)", "USING BTREE (name)"));
    RestoreCheckRecord record = check();
    assertThat(record.findings()).as(CheckText.of(record)).isEmpty();
    Files.writeString(manifest(), here.replace("USING btree (name)", "USING BTREE (name)"));
    isRed(Verdict.FAIL, "index public.customers_by_name");
    Files.writeString(
        manifest(), other.replace("index public.customers_by_name", "index public.gone"));
    isRed(Verdict.FAIL, "index public.gone");
  }

  @Test
  void rowsThatABackupLeavesOutAreLeftOut() throws Exception {
    Manifest manifest =
        take(
            Set.of("notes"),
            "pg_dump",
            "--snapshot={snapshot}",
            "--exclude-table-data=notes",
            "--format=custom",
            "--file=" + dump);
    assertThat(manifest.image().tables().keySet()).containsExactly("customers");
    RestoreCheckRecord record = check();
    assertThat(record.findings()).as(CheckText.of(record)).isEmpty();
    assertThat(record.verdict()).isEqualTo(Verdict.PASS);
  }

  @Test
  void aCommandThatFailsLeavesNoManifest() {
    assertThatThrownBy(() -> take(Set.of(), "/bin/sh", "-c", "exit 3"))
        .isInstanceOf(DrillException.class)
        .hasMessageContaining("the command ended with 3, so there is no manifest");
    assertThatThrownBy(() -> take(Set.of(), "no-such-program"))
        .isInstanceOf(DrillException.class)
        .hasMessageContaining("no-such-program could not be started");
    assertThat(catalogue).isEmptyDirectory();
  }

  @Test
  void aBackupComesToItsEndAlthoughItsManifestCannotBeTaken() throws Exception {
    try (Connection admin = source.administer("shop");
        Statement statement = admin.createStatement()) {
      statement.execute("alter table notes enable row level security");
    }
    assertThatThrownBy(
            () -> take(Set.of(), "/bin/sh", "-c", "sleep 1; echo all > \"$0\"", dump.toString()))
        .isInstanceOf(DrillException.class)
        .hasMessageContaining("the command ended well, but the manifest could not be taken")
        .hasMessageContaining("row-level security");
    assertThat(dump).hasContent("all\n");
    assertThat(manifest()).doesNotExist();
  }

  @Test
  void whatCannotWorkIsSaidBeforeTheCommandRuns() throws IOException {
    Files.writeString(manifest(), "mine");
    assertThatThrownBy(() -> take(Set.of(), "touch", dump.toString()))
        .isInstanceOf(DrillException.class)
        .hasMessageContaining("is there already");
    Files.delete(manifest());
    assertThatThrownBy(() -> take(Set.of("note"), "touch", dump.toString()))
        .isInstanceOf(DrillException.class)
        .hasMessageContaining("there is no table note to leave out")
        .hasMessageContaining("did you mean 'notes'?");
    environment.put("PGPASSWORD", "wrong");
    try {
      assertThatThrownBy(() -> take(Set.of(), "touch", dump.toString()))
          .isInstanceOf(DrillException.class)
          .hasMessageContaining("no snapshot of database shop");
    } finally {
      environment.put("PGPASSWORD", "only looks");
    }
    assertThat(catalogue).isEmptyDirectory();
  }

  /** Manifests are kept for as long as backups are: of other hashes their schema must grow. */
  @Test
  void rowsAreHashedAsTheyWereWhenManifestsOfThisSchemaWereFirstWritten() throws Exception {
    try (DatabaseSnapshot snapshot = DatabaseSnapshot.open(source)) {
      assertThat(snapshot.fingerprint("customers").toString()).isEqualTo("60:-4d90cac1f7a4e6d8");
      assertThat(snapshot.fingerprint("notes").toString()).isEqualTo("2:-409392d50afb48eb");
    }
  }
}
