package dev.drillbook.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillbook.plan.RestoreCheck.Assertion;
import dev.drillbook.plan.RestoreCheck.Format;
import dev.drillbook.plan.RestoreCheck.Keep;
import dev.drillbook.plan.RestoreCheck.Limits;
import dev.drillbook.plan.RestoreCheck.PgBackRest;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RestoreCheckPlanTest {
  @TempDir Path temp;

  private String plan(String check) {
    return PlanFolder.VALID + "restoreChecks:\n  db-dump: " + check + "\n";
  }

  private RestoreCheck check(String check) {
    return PlanFolder.in(temp).load(plan(check)).restoreChecks().get("db-dump");
  }

  @Test
  void whatIsLeftOutIsAsMostWouldWantIt() {
    RestoreCheck check = check("{files: \"shop_*.sql.gz\"}");
    assertThat(check.policy()).isEqualTo("db-dump");
    assertThat(check.files()).hasToString("shop_*.sql.gz");
    assertThat(check.format()).isEmpty();
    assertThat(check.zone()).isEqualTo(ZoneOffset.UTC);
    assertThat(check.key()).isEmpty();
    assertThat(check.keep()).isEmpty();
    assertThat(check.smallest()).isEqualTo(0.5);
    assertThat(check.manifest()).isFalse();
    assertThat(check.restore()).isEmpty();
    assertThat(check.limits()).isEqualTo(Limits.STANDARD);
    assertThat(check.lastRun()).isEqualTo(Duration.ofHours(30));
    assertThat(check.lastSuccess()).isEqualTo(Duration.ofHours(30));
  }

  @Test
  void everySettingIsRead() {
    RestoreCheck check =
        check(
            """

                files: "daily/shop_{yyyyMMdd}.dump"
                format: custom
                globals: "globals_{yyyyMMdd}.sql"
                timeZone: Asia/Dhaka
                key: {variable: BACKUP_KEY, openssl: "-aes-256-cbc -pbkdf2"}
                keep: {daily: 7, weekly: 4, monthly: 12, yearly: 2}
                smallest: 80%
                locked: 14d
                manifest: true
                restore: dump.sh
                freshness: {orders: created_at}
                assertions:
                  - {id: no-lost-order, sql: "select 1 where false"}
                  - {id: photos, sql: "select photo from cards", objectsIn: s3://assets/photos}
                limits: {unpacked: 5GB, ratio: 50, files: 100}
                lastRun: 25h
                lastSuccess: 3d
            """);
    assertThat(check.files().matches("daily/shop_20261105.dump")).isTrue();
    assertThat(check.format()).hasValue(Format.CUSTOM);
    assertThat(check.globals().orElseThrow()).hasToString("globals_{yyyyMMdd}.sql");
    assertThat(check.zone()).isEqualTo(ZoneId.of("Asia/Dhaka"));
    assertThat(check.key())
        .hasValue(
            new RestoreCheck.Key(
                Optional.empty(), Optional.of("BACKUP_KEY"), List.of("-aes-256-cbc", "-pbkdf2")));
    assertThat(check.keep()).hasValue(new Keep(7, 4, 12, 2));
    assertThat(check.smallest()).isEqualTo(0.8);
    assertThat(check.locked()).hasValue(Duration.ofDays(14));
    assertThat(check.manifest()).isTrue();
    assertThat(check.restore()).hasValue("dump.sh");
    assertThat(check.freshness()).isEqualTo(Map.of("orders", "created_at"));
    assertThat(check.assertions())
        .containsExactly(
            new Assertion.Rows("no-lost-order", "select 1 where false"),
            new Assertion.Objects("photos", "select photo from cards", "s3://assets/photos"));
    assertThat(check.limits()).isEqualTo(new Limits(new DataSize(5_000_000_000L), 50, 100));
    assertThat(check.lastRun()).isEqualTo(Duration.ofHours(25));
    assertThat(check.lastSuccess()).isEqualTo(Duration.ofDays(3));
  }

  @Test
  void theWalOfABaseBackupIsInAFolder() {
    assertThat(check("{files: \"base/{yyyyMMdd}/\", wal: wal}").wal()).hasValue("wal/");
    RestoreCheck check = check("{files: \"base/{yyyyMMdd}/\", format: base, wal: a/wal/}");
    assertThat(check.wal()).hasValue("a/wal/");
    assertThat(check.format()).hasValue(Format.BASE);
  }

  @Test
  void aPgBackRestRepositorySaysItsNamesItself() {
    RestoreCheck check = check("{pgbackrest: {stanza: shop}}");
    assertThat(check.format()).hasValue(Format.PGBACKREST);
    assertThat(check.pgbackrest()).hasValue(new PgBackRest("shop", ""));
    assertThat(check.files()).hasToString("backup/shop/{yyyyMMdd-HHmmss}F/");
    assertThat(check.files().matches("backup/shop/20261122-020000F/")).isTrue();
    RestoreCheck below = check("{pgbackrest: {stanza: shop, repository: repo1}}");
    assertThat(below.files()).hasToString("repo1/backup/shop/{yyyyMMdd-HHmmss}F/");
    RestoreCheck sets =
        check("{files: \"backup/shop/*{yyyyMMdd-HHmmss}*/\", pgbackrest: {stanza: shop}}");
    assertThat(sets.files().matches("backup/shop/20261122-020000F_20261123-020000I/")).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | restore check db-dump has no 'files' | add files",
        "{files: /var/x} | not a pattern of names | relative path",
        "{files: a, format: zip} | not a format of backups | choose one of: sql, custom",
        "{files: a, format: floppy} | not a format of backups that can be restored | choose one",
        "{files: a, format: pgbackrest} | names no stanza | pgbackrest: {stanza: shop}",
        "{files: a, format: sql, pgbackrest: {stanza: s}} | its format is sql | remove one",
        "{pgbackrest: {}} | has no 'stanza' | add stanza",
        "{pgbackrest: {stanza: ../x}} | not a stanza's name | pgbackrest info",
        "{pgbackrest: {stanza: s, repository: /r}} | not a folder below the catalogue's root | wal/",
        "{pgbackrest: {stanza: s, repo: r}} | unknown key 'repo' | ",
        "{pgbackrest: {stanza: s}, wal: w/} | whose repository has the WAL in it | remove wal",
        "{files: a, wal: /var/wal} | not a folder below the catalogue's root | relative path",
        "{files: a, wal: ../wal} | not a folder below the catalogue's root | relative path",
        "{files: a, wal: w*} | not a folder below the catalogue's root | relative path",
        "{files: a, wal: w, format: custom} | its format is custom | only base backups",
        "{files: a, wal: w, restore: dump.sh} | finds the WAL by itself | remove one",
        "{files: a, key: {}} | key is nowhere | never the key itself",
        "{files: a, key: {file: k, variable: K}} | key is in two places | never the key itself",
        "{files: a, key: {file: k, openssl: aes}} | begin without a dash | -pbkdf2",
        "{files: a, keep: {}} | 'keep' | ",
        "{files: a, keep: {daily: 0}} | not a whole number above zero | remove the key",
        "{files: a, smallest: 120%} | not a share | from 1% to 100%",
        "{files: a, smallest: half} | not a share | a percentage",
        "{files: a, restore: gone.sh} | a file that does not exist | gone.sh",
        "{files: a, assertions: [{id: x}]} | has no 'sql' | a query that returns what is wrong",
        "{files: a, assertions: [{id: x, sql: q, objectsIn: assets}]} | not a place of objects | s3://bucket",
        "{files: a, assertions: [{id: x, sql: q, find: '{}'}]} | unknown key 'find' | ",
        "{files: a, limits: {ratio: 0}} | not a whole number above zero | ",
        "{files: a, lastRun: 2d, lastSuccess: 1d} | may be older without a run | at least as long",
        "{files: a, freshnes: {}} | unknown key 'freshnes' | did you mean 'freshness'",
      })
  void aFaultIsReportedWithAHint(String check, String found, String hint) {
    List<Problem> problems = PlanFolder.in(temp).problems(plan(check));
    assertThat(problems.get(0).found()).contains(found);
    assertThat(problems.get(0).hint()).contains(hint == null ? "" : hint);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "sql: q | unknown key 'sql' | ",
        "collection: c | is asked nothing | find: a filter",
        "collection: c, find: '{}', aggregate: '[]' | is asked twice | what it finds is wrong",
        "collection: c, find: '{\"a\": ' | not a filter: | extended JSON",
        "collection: c, aggregate: '{}' | not a pipeline | ",
        "collection: c, aggregate: '[1]' | not a pipeline | each in braces",
      })
  void ofMongoDocumentsAreAskedFor(String assertion, String found, String hint) {
    List<Problem> problems = mongo("{id: x, " + assertion + "}");
    assertThat(problems)
        .anySatisfy(
            problem -> {
              assertThat(problem.found()).contains(found);
              assertThat(problem.hint()).contains(hint == null ? "" : hint);
            });
  }

  private List<Problem> mongo(String assertion) {
    return PlanFolder.in(temp)
        .problems(
            plan("{files: a, assertions: [" + assertion + "]}")
                .replace("component: db", "component: documents")
                .replace(
                    "components:\n", "components:\n  documents: {kind: mongo, database: d}\n"));
  }

  @Test
  void anAssertionOfMongoIsAnAggregation() {
    assertThat(mongo("{id: x, collection: c, find: '{\"a\": 1}'}"))
        .extracting(Problem::found)
        .noneMatch(found -> found.contains("assertion"));
  }

  @Test
  void whatIsAskedInSqlIsAskedOfPostgresAlone() {
    String text =
        plan("{files: a, freshness: {a: b}, globals: g, manifest: true, minimumObjects: 3}")
            .replace("component: db", "component: cache");
    assertThat(PlanFolder.in(temp).problems(text))
        .extracting(Problem::found)
        .containsExactlyInAnyOrder(
            "restore check db-dump has 'freshness', but its backups are of no postgres",
            "restore check db-dump has 'globals', but its backups are of no postgres",
            "restore check db-dump has 'manifest', but its backups are of no postgres",
            "restore check db-dump counts objects, but its backups are of no object-store");
  }

  @Test
  void aCheckIsOfAPolicyOfThePlan() {
    String text = PlanFolder.VALID + "restoreChecks: {db-dumps: {files: a}}\n";
    List<Problem> problems = PlanFolder.in(temp).problems(text);
    assertThat(problems).hasSize(1);
    assertThat(problems.get(0).found()).contains("'db-dumps', not a backup of this plan");
    assertThat(problems.get(0).hint()).contains("did you mean 'db-dump'?");
  }
}
