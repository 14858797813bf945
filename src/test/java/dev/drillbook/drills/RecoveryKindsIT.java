package dev.drillbook.drills;

import static dev.drillbook.fault.Act.act;
import static dev.drillbook.fault.DestroyData.destroyData;
import static dev.drillbook.fault.DropTable.dropTable;
import static dev.drillbook.fault.Kill.kill;
import static dev.drillbook.verification.Fingerprints.fingerprints;
import static dev.drillbook.verification.RowCounts.rowCounts;
import static dev.drillbook.verification.ServesWrites.servesWrites;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drillbook.fault.Bite;
import dev.drillbook.fault.Fault;
import dev.drillbook.plan.DrillPlan;
import dev.drillbook.plan.PlanLoader;
import dev.drillbook.run.DrillRecord;
import dev.drillbook.run.DrillRun;
import dev.drillbook.run.RecoveryTarget;
import dev.drillbook.run.RunContext;
import dev.drillbook.site.Command;
import dev.drillbook.site.Postgres;
import dev.drillbook.site.embedded.EmbeddedSite;
import dev.drillbook.site.embedded.Installations;
import dev.drillbook.timeline.Verdict;
import dev.drillbook.workload.LoadProfile;
import dev.drillbook.workload.ProbeProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Recoveries that are no restore of one dump into the server that it came from: to a point in time,
 * into another server, beside what clients wrote since, after damage that no client notices. Each
 * is green where it is right, and red where it is not.
 */
class RecoveryKindsIT {
  private static final LoadProfile CLIENTS = new LoadProfile(20, 10, Duration.ofSeconds(2));
  private static final ProbeProfile PROBE =
      new ProbeProfile(Duration.ofMillis(100), Duration.ofSeconds(3), 5, 3);
  private static final int OLD_NOTES = 500;
  private static final String BASE =
      """
      export PGUSER=$REPLICATION_USER PGPASSWORD=$REPLICATION_PASSWORD
      pg_basebackup --pgdata="$BACKUP_DIR/base" --wal-method=none --checkpoint=fast --no-sync
      date -u '+%F %T.%6N+00' > "$BACKUP_DIR/ended\"""";
  private static final String TO_THE_POINT =
      """
      rm -rf "$PGDATA"
      cp -a "$BACKUP_DIR_BASE/base" "$PGDATA"
      printf "restore_command = 'cp \"%s/%%f\" \"%%p\"'\\nrecovery_target_action = promote\\n" "$WAL_ARCHIVE" >> "$PGDATA/postgresql.conf"
      if [ "$TARGET" = 'when the base backup ended' ]; then TARGET=$(cat "$BACKUP_DIR_BASE/ended"); fi
      if [ -n "$TARGET" ]; then echo "recovery_target_time = '$TARGET'" >> "$PGDATA/postgresql.conf"; fi
      touch "$PGDATA/recovery.signal\"""";
  private static final String RESTORE =
      """
      psql -qX -v ON_ERROR_STOP=1 -c 'create table if not exists notes (k text primary key, v text not null)' \\
        -c 'truncate notes' -f "$BACKUP_DIR/notes.sql" --quiet""";
  private static final String MERGE =
      """
      { echo 'create temporary table old (like notes);'
        sed -n 's/^COPY public.notes/COPY old/; /^COPY/,/^\\\\\\./p' "$BACKUP_DIR/notes.sql"
        echo 'insert into notes select * from old on conflict do nothing;'
      } | psql -qX -v ON_ERROR_STOP=1""";
  private static final String COUNT =
      """
      left=$(psql -qXAt -c "select count(*) from notes where k < 'a'")
      [ "$left" -ge %d ] || { echo "old notes are missing: $left" >&2; exit 1; }""";
  private static final String PLAN =
      """
      system: notes
      title: A table of notes
      components:
        db:
          kind: postgres
          database: notes
          user: clerk
          schema: schema.sql
          seed: seed.sql
          archive: true
          tables: {notes: {minimumRows: 500}}
        other:
          kind: postgres
          database: notes
          user: clerk
          schema: schema.sql
          tables: {notes: {mayBeEmpty: true}}
      backups:
        dump: {component: db, script: dump.sh, schedule: "0 * * * *", retention: 1d, location: dump, encryption: none}
        base: {component: db, script: base.sh, schedule: "30 * * * *", retention: 1d, location: base, encryption: none}
      scenarios:
        dump:
          title: Back to a dump
          severity: P1
          rto: 1h
          rpo: 2h
          backup: dump
          steps:
            - {id: restore, kind: automated, budget: 1m, restore: true}
        point:
          title: Back to a point in time
          severity: P1
          rto: 1h
          rpo: 2h
          backup: base
          steps:
            - {id: restore, kind: automated, budget: 1m, restore: true}
            - {id: let-clients-in, kind: automated, budget: 1m}
      """;

  @TempDir Path folder;
  private EmbeddedSite site;

  @AfterEach
  void nothingIsLeftBehind() {
    assertThat(site.leftovers()).isEmpty();
  }

  @Test
  void aPointInTimeIsReachedWithTheBaseBackupAndTheArchive() throws IOException {
    DrillRecord drill = toThePointInTime((script, point) -> script.with("TARGET", point::time));

    assertThat(drill.findings()).isEmpty();
    assertThat(drill.verdict()).isEqualTo(Verdict.PASS);
    assertThat(drill.ledger().orElseThrow().lost()).isPositive();
    assertThat(drill.checks()).extracting(check -> check.name()).contains("nonces");
  }

  @Test
  void aRecoveryThatStopsBeforeItsPointIsRed() throws IOException {
    DrillRecord drill =
        toThePointInTime(
            (script, point) -> script.with("TARGET", () -> "when the base backup ended"));

    assertThat(found(drill))
        .anyMatch(text -> text.contains("written just before the backup, comes back"));
    assertThat(drill.verdict()).isEqualTo(Verdict.FAIL);
  }

  @Test
  void aRecoveryThatRunsPastItsPointIsRed() throws IOException {
    DrillRecord drill = toThePointInTime((script, point) -> script.with("TARGET", () -> ""));

    assertThat(found(drill)).anyMatch(text -> text.contains("written after the backup"));
    assertThat(drill.verdict()).isEqualTo(Verdict.FAIL);
  }

  @Test
  void dataMayComeBackOnAnotherServer() throws IOException {
    DrillRecord drill =
        run(
            "dump",
            run -> {
              Postgres db = run.postgres("db");
              Postgres other = run.postgres("other");
              Notes notes = new Notes(db);
              run.workload(notes, CLIENTS)
                  .backup("dump")
                  .disaster(kill(db), destroyData(db))
                  .restoredInto(other)
                  .recover(
                      "restore",
                      other::provision,
                      other.script("restore.sh"),
                      () -> notes.moveTo(other))
                  .verify(rowCounts(), fingerprints(), servesWrites());
            });

    assertThat(drill.findings()).isEmpty();
    assertThat(drill.verdict()).isEqualTo(Verdict.PASS);
  }

  @Test
  void whatWasDeletedComesBackAndWhatIsNewerStays() throws IOException {
    DrillRecord drill = deletion("merge.sh");

    assertThat(drill.findings()).isEmpty();
    assertThat(drill.verdict()).isEqualTo(Verdict.PASS);
    assertThat(drill.ledger().orElseThrow().lost()).isZero();
    assertThat(drill.clocks().detected()).isPresent();
    assertThat(drill.outage()).isPresent();
  }

  @Test
  void aRestoreThatThrowsAwayWhatIsNewerIsRed() throws IOException {
    DrillRecord drill = deletion("restore.sh");

    assertThat(found(drill)).anyMatch(text -> text.contains("written after the backup, is kept"));
    assertThat(drill.ledger().orElseThrow().holes()).isPositive();
    assertThat(drill.verdict()).isEqualTo(Verdict.FAIL);
  }

  @Test
  void damageThatTheMonitoringStillSeesIsNotRecovered() throws IOException {
    DrillRecord drill = deletion("nothing.sh");

    assertThat(found(drill)).anyMatch(text -> text.contains("old notes are missing"));
    assertThat(drill.outage()).isEmpty();
    assertThat(drill.verdict()).isEqualTo(Verdict.FAIL);
  }

  private DrillRecord toThePointInTime(BiFunction<Command, RecoveryTarget, Command> how)
      throws IOException {
    return run(
        "point",
        run -> {
          Postgres db = run.postgres("db");
          RecoveryTarget point = run.recoveryPoint(db);
          Notes notes = new Notes(db);
          run.workload(notes, CLIENTS)
              .backup("base")
              .disaster(dropTable(db, "notes"))
              .recover(
                  "restore",
                  notes::keepOut,
                  db::kill,
                  how.apply(db.script("to-the-point.sh"), point),
                  db::start)
              .recover("let-clients-in", notes::letIn)
              .verify(rowCounts(), fingerprints(), servesWrites());
        });
  }

  private DrillRecord deletion(String script) throws IOException {
    return run(
        "dump",
        run -> {
          Postgres db = run.postgres("db");
          run.workload(new Notes(db), CLIENTS)
              .backup("dump")
              .noticedBy(db.script("count.sh"))
              .disaster(deletion(db))
              .keepsNewerWrites()
              .recover("restore", db.script(script))
              .patience(Duration.ofSeconds(8))
              .verify(rowCounts(), servesWrites());
        });
  }

  private static Fault deletion(Postgres db) {
    return act(
        "somebody deletes old notes",
        () ->
            ask(
                db,
                "with gone as (delete from notes where k < 'a' returning 1) select count(*) from gone"),
        () -> {
          long left = ask(db, "select count(*) from notes where k < 'a'");
          return new Bite(left == 0, left + " old notes are left");
        });
  }

  private static long ask(Postgres db, String query) throws SQLException {
    try (Connection connection = db.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }

  private static List<String> found(DrillRecord drill) {
    return drill.findings().stream()
        .map(finding -> finding.expected() + ": " + finding.found())
        .toList();
  }

  private DrillRecord run(String scenario, Consumer<DrillRun> declaration) throws IOException {
    DrillPlan plan = plan();
    site = EmbeddedSite.create(plan, 1, Installations.ofThisMachine(System.getenv(), said -> {}));
    DrillRun run =
        new DrillRun(
            plan,
            plan.scenario(scenario).orElseThrow(),
            site,
            new RunContext(1, 1, false, List.of(), DrillRecord::id));
    declaration.accept(run.probe(PROBE));
    DrillRecord record = run.run();
    site.close();
    return record;
  }

  private DrillPlan plan() throws IOException {
    Files.writeString(
        folder.resolve("schema.sql"), "create table notes (k text primary key, v text not null);");
    Files.writeString(
        folder.resolve("seed.sql"),
        "insert into notes select to_char(n, '0000'), 'old' from generate_series(1, %d) n;"
            .formatted(OLD_NOTES));
    script("base.sh", BASE);
    script("to-the-point.sh", TO_THE_POINT);
    script("dump.sh", "pg_dump --data-only --table=notes > \"$BACKUP_DIR/notes.sql\"");
    script("restore.sh", RESTORE);
    script("merge.sh", MERGE);
    script("nothing.sh", "echo 'all is well'");
    script("count.sh", COUNT.formatted(OLD_NOTES));
    return PlanLoader.load(Files.writeString(folder.resolve("plan.yaml"), PLAN));
  }

  private void script(String name, String body) throws IOException {
    Path script = Files.createDirectories(folder.resolve("scripts")).resolve(name);
    Files.writeString(script, "#!/usr/bin/env bash\nset -euo pipefail\n" + body + "\n");
    assertThat(script.toFile().setExecutable(true)).isTrue();
  }
}
