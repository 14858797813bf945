package dev.drillbook.restorecheck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillbook.catalogue.Pick;
import dev.drillbook.plan.DrillPlan;
import dev.drillbook.plan.PlanLoader;
import dev.drillbook.site.Postgres;
import dev.drillbook.site.Site;
import dev.drillbook.site.SiteSettings;
import dev.drillbook.site.embedded.EmbeddedSite;
import dev.drillbook.site.embedded.Installations;
import dev.drillbook.timeline.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A server that archives its WAL, of which backups are taken, and catalogues of them. */
final class PhysicalShop implements AutoCloseable {
  static final Installations PROGRAMS = Installations.ofThisMachine(System.getenv(), said -> {});

  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("uuuuMMdd_HHmmss").withZone(ZoneOffset.UTC);

  private static final String SCHEMA =
      """
      create table customers (id bigint generated always as identity primary key, name text not null);
      create table orders (
        id bigserial primary key, customer_id bigint not null references customers,
        created_at timestamptz not null, total numeric(10,2) not null);
      insert into customers (name) select 'c' || i from generate_series(1, 50) i;
      insert into orders (customer_id, created_at, total)
        select 1 + i % 50, now() - i * interval '1 minute', i from generate_series(1, 400) i;
      """;

  private static final String BASE_BACKUP =
      """
      #!/bin/sh
      set -eu
      export PGUSER="$REPLICATION_USER" PGPASSWORD="$REPLICATION_PASSWORD"
      to=$1
      shift
      pg_basebackup --checkpoint=fast --pgdata="$to" "$@"
      chmod -R go+rX "$to"
      """;

  private final Path folder;
  private final EmbeddedSite site;
  final Postgres database;

  PhysicalShop(Path folder) throws Exception {
    this.folder = folder;
    this.site =
        EmbeddedSite.create(plan("files: x", "shop", "clerk"), SiteSettings.ofScale(1), PROGRAMS);
    this.database = site.postgres("db");
    site.bringUp();
    database.stop();
    database
        .dataDirectory()
        .program("pg_checksums", "--enable", database.dataDirectory().path().toString())
        .perform();
    database.start();
  }

  DrillPlan plan(String check, String of, String user) throws IOException {
    Path home = Files.createTempDirectory(folder, "plan");
    Files.writeString(home.resolve("schema.sql"), SCHEMA);
    Path script = Files.createDirectories(home.resolve("scripts")).resolve("base.sh");
    Files.writeString(script, BASE_BACKUP);
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
                database: %s
                user: %s
                schema: schema.sql
                archive: true
                tables:
                  customers: {minimumRows: 50}
                  orders: {minimumRows: 300}
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
                freshness: {orders: created_at}
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
                .formatted(of, user, check.strip().replace("\n", "\n    "))));
  }

  /** Runs SQL as a superuser; what a query returns. */
  String ask(String sql) throws SQLException {
    try (Connection admin = database.administer("shop");
        Statement statement = admin.createStatement()) {
      if (!statement.execute(sql)) {
        return "";
      }
      try (ResultSet row = statement.getResultSet()) {
        return row.next() ? row.getString(1) : "";
      }
    }
  }

  /** 100 more orders, in a segment of their own that is archived when this returns. */
  String order() throws SQLException {
    ask(
        "insert into orders (customer_id, created_at, total)"
            + " select 1 + i % 50, now(), i from generate_series(1, 100) i");
    return archived();
  }

  /** Closes the present segment, and returns its name once it is archived. */
  String archived() throws SQLException {
    String name = ask("select pg_walfile_name(pg_switch_wal())");
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> Files.exists(database.walArchive().resolve(name)));
    return name;
  }

  /** A folder that the server's programs may write to, whoever they run as. */
  static Path shared() throws IOException {
    Path shared = Files.createTempDirectory("physical");
    assertThat(shared.toFile().setWritable(true, false)).isTrue();
    assertThat(shared.toFile().setExecutable(true, false)).isTrue();
    assertThat(shared.toFile().setReadable(true, false)).isTrue();
    return shared;
  }

  Path baseBackup(String... options) throws Exception {
    Path shared = shared();
    List<String> arguments = new ArrayList<>(List.of(shared.resolve("base").toString()));
    arguments.addAll(List.of(options));
    database.script("base.sh", arguments.toArray(String[]::new)).perform();
    return shared.resolve("base");
  }

  /** A catalogue of one backup that was taken a moment ago, and of the archive as it is. */
  Path catalogue(Path base) throws IOException {
    return catalogue(base, database.walArchive());
  }

  Path catalogue(Path base, Path archive) throws IOException {
    Path catalogue = Files.createTempDirectory(folder, "catalogue");
    copy(base, catalogue.resolve("base").resolve(STAMP.format(Instant.now())));
    copy(archive, catalogue.resolve("wal"));
    return catalogue;
  }

  /** The only backup in a catalogue. */
  static Path backupIn(Path catalogue) throws IOException {
    try (Stream<Path> backups = Files.list(catalogue.resolve("base"))) {
      return backups.findFirst().orElseThrow();
    }
  }

  static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path each : all.toList()) {
        Path target = to.resolve(from.relativize(each).toString());
        if (Files.isDirectory(each)) {
          Files.createDirectories(target);
        } else if (Files.isRegularFile(each) && !each.getFileName().toString().startsWith(".")) {
          Files.createDirectories(target.getParent());
          Files.copy(each, target, StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
    }
  }

  static String files() {
    return "files: \"base/{yyyyMMdd_HHmmss}/\"\n";
  }

  static String withWal() {
    return files() + "wal: wal\n";
  }

  RestoreCheckRecord check(Path catalogue, String check) throws IOException {
    return check(catalogue, plan(check, "shop", "clerk"));
  }

  RestoreCheckRecord check(Path catalogue, DrillPlan plan) {
    return check(catalogue, plan, of -> EmbeddedSite.create(of, SiteSettings.ofScale(1), PROGRAMS));
  }

  RestoreCheckRecord check(Path catalogue, DrillPlan plan, Function<DrillPlan, Site> sites) {
    RestoreChecks checks =
        new RestoreChecks(
            plan, catalogue.toString(), Pick.parse("newest"), 1, sites, System.getenv());
    List<RestoreCheckRecord> records =
        checks.run(plan.restoreChecks().get("nightly"), Optional.empty(), record -> {});
    assertThat(records).hasSize(1);
    return records.get(0);
  }

  static void isGreen(RestoreCheckRecord record, long rows) {
    assertThat(record.findings()).as(CheckText.of(record)).isEmpty();
    assertThat(record.verdict()).as(CheckText.of(record)).isEqualTo(Verdict.PASS);
    assertThat(record.rows()).as(CheckText.of(record)).isEqualTo(rows);
  }

  static void isRed(RestoreCheckRecord record, Verdict verdict, String subject, String... say) {
    assertThat(record.findings())
        .as(CheckText.of(record))
        .anySatisfy(
            finding -> {
              assertThat(finding.verdict()).isEqualTo(verdict);
              assertThat(finding.subject()).contains(subject);
              assertThat(finding.found() + finding.expected() + finding.examples()).contains(say);
            });
  }

  @Override
  public void close() {
    site.close();
  }
}
