package dev.drillbook.site.embedded;

import static dev.drillbook.fault.RemoveArchivedWal.removeArchivedWal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.drillbook.fault.Scene;
import dev.drillbook.plan.DrillPlan;
import dev.drillbook.plan.PlanLoader;
import dev.drillbook.site.Condition;
import dev.drillbook.site.Postgres;
import dev.drillbook.site.PostgresStandby;
import dev.drillbook.site.Transcript;
import dev.drillbook.timeline.DrillException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A standby that is promoted, and a recovery to a point in time from a base backup and WAL. */
class PostgresRecoveryIT {
  private static final String BASE_BACKUP =
      """
      #!/usr/bin/env bash
      set -euo pipefail
      export PGUSER=$REPLICATION_USER PGPASSWORD=$REPLICATION_PASSWORD
      rm -rf "$BACKUP_DIR/base"
      pg_basebackup --pgdata="$BACKUP_DIR/base" --wal-method=none --checkpoint=fast --no-sync
      """;
  private static final String RECOVER =
      """
      #!/usr/bin/env bash
      set -euo pipefail
      rm -rf "$PGDATA"
      cp -a "$BACKUP_DIR/base" "$PGDATA"
      printf "restore_command = 'cp \"%s/%%f\" \"%%p\"'\\nrecovery_target_name = '%s'\\nrecovery_target_action = promote\\n" \\
        "${PREVIOUS_WAL_ARCHIVE:-$WAL_ARCHIVE}" "$1" >> "$PGDATA/postgresql.conf"
      touch "$PGDATA/recovery.signal"
      """;

  @TempDir Path folder;
  private EmbeddedSite site;

  @AfterEach
  void close() {
    site.close();
    assertThat(site.leftovers()).isEmpty();
  }

  private void create(String... components) throws IOException {
    site =
        EmbeddedSite.create(
            plan(components), 1, Installations.ofThisMachine(System.getenv(), said -> {}));
  }

  private DrillPlan plan(String... components) throws IOException {
    Files.writeString(folder.resolve("schema.sql"), "create table t (id bigint primary key);");
    script("base-backup.sh", BASE_BACKUP);
    script("recover.sh", RECOVER);
    return PlanLoader.load(
        Files.writeString(
            folder.resolve("plan.yaml"),
            """
            system: tiny
            title: A database that can be recovered in other ways than from a dump
            components:
              db:
                kind: postgres
                database: tiny
                user: clerk
                schema: schema.sql
                tables: {t: {mayBeEmpty: true}}
                %s
            backups:
              base: {component: db, schedule: "0 * * * *", retention: 1d, location: base, encryption: none}
            scenarios:
              loss:
                title: Loss
                severity: P1
                rto: 1h
                rpo: 2h
                backup: base
                steps:
                  - {id: restore, kind: automated, budget: 1m, restore: true}
            """
                .formatted(String.join("\n  ", components))));
  }

  private void script(String name, String text) throws IOException {
    Path script = Files.createDirectories(folder.resolve("scripts")).resolve(name);
    Files.writeString(script, text);
    assertThat(script.toFile().setExecutable(true)).isTrue();
  }

  private void run(Postgres db, String script, String... arguments) throws Exception {
    db.script(script, arguments).perform(new Transcript(site.secrets()), Duration.ofMinutes(1));
  }

  @Test
  void aStandbyFollowsAndTakesOverWithAllThatItReceived() throws Exception {
    create("", "spare: {kind: postgres-standby, of: db}");
    PostgresStandby spare = site.standby("spare");
    Postgres db = site.postgres("db");
    site.bringUp();
    assertThat(spare.describe()).startsWith("spare: PostgreSQL").endsWith("a standby of db");
    assertThat(spare.follows()).isTrue();
    insert(db, 1, 1_000);
    await().until(() -> ids(spare).size() == 1_000);
    assertThat(spare.replayLagBytes()).isZero();
    assertThatThrownBy(() -> insert(spare, 5_000, 5_000)).hasMessageContaining("read-only");

    db.kill();
    spare.promote();

    assertThat(spare.follows()).isFalse();
    insert(spare, 1_001, 1_010);
    assertThat(ids(spare)).hasSize(1_010);
    assertThatThrownBy(spare::promote)
        .isInstanceOf(DrillException.class)
        .hasMessageContaining("spare is a primary already");
    spare.kill();
    spare.start();
    assertThat(ids(spare)).hasSize(1_010);
    try (Socket client =
        new Socket(InetAddress.getLoopbackAddress(), spare.clientAddress().getPort())) {
      assertThat(client.isConnected()).isTrue();
    }
  }

  @Test
  void aStandbyThatWasLostIsMadeAnew() throws Exception {
    create("", "spare: {kind: postgres-standby, of: db}");
    PostgresStandby spare = site.standby("spare");
    site.bringUp();
    spare.kill();
    spare.destroyData();
    insert(site.postgres("db"), 1, 10);
    spare.provision();
    await().until(() -> ids(spare).size() == 10);
    spare.stop();
    assertThatThrownBy(spare::promote).hasMessageContaining("cannot be promoted: it does not run");
  }

  @Test
  void aDatabaseIsRecoveredToANamedPointAndNoFurther() throws Exception {
    create("archive: true");
    Postgres db = site.postgres("db");
    site.bringUp();
    insert(db, 1, 100);
    run(db, "base-backup.sh");
    insert(db, 101, 200);
    administer(db, "select pg_create_restore_point('before the accident')");
    insert(db, 201, 300);
    awaitArchived(db);
    db.kill();
    db.destroyData();

    run(db, "recover.sh", "before the accident");
    db.start();

    assertThat(ids(db)).hasSize(200).contains(1L, 200L);
    insert(db, 1_000, 1_000);
    assertThat(db.condition()).isEqualTo(Condition.RUNNING);
  }

  /** All that was written so far. */
  private static void awaitArchived(Postgres db) throws Exception {
    String last;
    try (Connection admin = db.administer("postgres");
        Statement statement = admin.createStatement();
        ResultSet row = statement.executeQuery("select pg_walfile_name(pg_switch_wal())")) {
      row.next();
      last = row.getString(1);
    }
    await().until(() -> segments(db).contains(last));
  }

  /** As on a new machine: what is provisioned there must not touch what there is to recover. */
  @Test
  void theArchiveOutlivesItsServer() throws Exception {
    create("archive: true");
    Postgres db = site.postgres("db");
    site.bringUp();
    insert(db, 1, 100);
    run(db, "base-backup.sh");
    insert(db, 101, 200);
    administer(db, "select pg_create_restore_point('the end')");
    awaitArchived(db);
    Path before = db.walArchive();
    db.kill();

    db.provision();
    assertThat(db.walArchive()).isNotEqualTo(before);
    administer(db, "select pg_switch_wal()");
    await().until(() -> !segments(db).isEmpty());
    db.kill();
    run(db, "recover.sh", "the end");
    db.start();

    assertThat(ids(db)).hasSize(200);
    administer(db, "select pg_switch_wal()");
    await().until(() -> segments(db).stream().anyMatch(name -> name.startsWith("00000002")));
  }

  @Test
  void aGapInTheArchiveEndsTheRecovery() throws Exception {
    create("archive: true");
    Postgres db = site.postgres("db");
    site.bringUp();
    run(db, "base-backup.sh");
    for (int batch = 0; batch < 4; batch++) {
      insert(db, batch * 100 + 1, batch * 100 + 100);
      administer(db, "select pg_switch_wal()");
    }
    administer(db, "select pg_create_restore_point('the end')");
    administer(db, "select pg_switch_wal()");
    await().until(() -> segments(db).size() >= 6);
    assertThat(
            removeArchivedWal(db.walArchive())
                .inject(Scene.of(site.undoJournal(), 2, 0))
                .bite()
                .bit())
        .isTrue();
    db.kill();
    db.destroyData();
    run(db, "recover.sh", "the end");
    assertThatThrownBy(db::start)
        .isInstanceOf(DrillException.class)
        .hasMessageContaining("db did not come up")
        .hasMessageContaining("cannot stat");
  }

  @Test
  void aServerThatArchivesNothingHasNoArchive() throws Exception {
    create("");
    Postgres db = site.postgres("db");
    assertThatThrownBy(db::walArchive).hasMessageContaining("db does not archive its WAL");
  }

  private static List<String> segments(Postgres db) throws IOException {
    try (var files = Files.list(db.walArchive())) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.matches("[0-9A-F]{24}"))
          .toList();
    }
  }

  private static void insert(Postgres db, int from, int to) throws SQLException {
    try (Connection connection = db.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("insert into t select generate_series(" + from + ", " + to + ")");
    }
  }

  private static void administer(Postgres db, String sql) throws SQLException {
    try (Connection connection = db.administer("postgres");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static List<Long> ids(Postgres db) throws SQLException {
    try (Connection connection = db.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select array_agg(id order by id) from t")) {
      rows.next();
      return rows.getArray(1) == null ? List.of() : List.of((Long[]) rows.getArray(1).getArray());
    }
  }
}
