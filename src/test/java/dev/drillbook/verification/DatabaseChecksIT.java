package dev.drillbook.verification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillbook.site.Command;
import dev.drillbook.site.Postgres;
import dev.drillbook.site.Site;
import dev.drillbook.site.Transcript;
import dev.drillbook.site.embedded.EmbeddedSite;
import dev.drillbook.site.embedded.Installations;
import dev.drillbook.site.embedded.TestPlans;
import dev.drillbook.snapshot.DatabaseImage;
import dev.drillbook.snapshot.DatabaseSnapshot;
import dev.drillbook.timeline.Finding;
import dev.drillbook.timeline.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The checks that ask a database, asked of a real one. */
class DatabaseChecksIT {
  private static Site site;
  private static Postgres db;

  @BeforeAll
  static void bringUp(@TempDir Path planFolder) throws Exception {
    Path scripts = Files.createDirectories(planFolder.resolve("scripts"));
    Path roundtrip =
        Files.writeString(
            scripts.resolve("roundtrip.sh"),
            """
            #!/usr/bin/env bash
            set -euo pipefail
            dump=$(mktemp)
            pg_dump --no-owner >"$dump"
            psql -X -q -v ON_ERROR_STOP=1 -c 'set client_min_messages = error' \\
              -c 'drop schema public cascade'
            grep -q '^CREATE SCHEMA public' "$dump" || psql -X -q -c 'create schema public'
            psql -X -q -v ON_ERROR_STOP=1 -f "$dump" >/dev/null
            rm "$dump"
            """);
    assertThat(roundtrip.toFile().setExecutable(true)).isTrue();
    site =
        EmbeddedSite.create(
            TestPlans.oneDatabase(planFolder, "create table t (id bigint primary key);"),
            1,
            Installations.ofThisMachine(System.getenv(), said -> {}));
    db = site.postgres("db");
    site.bringUp();
  }

  @AfterAll
  static void close() {
    site.close();
  }

  @BeforeEach
  void startEmpty() throws SQLException {
    execute("drop schema public cascade", "drop schema if exists other cascade");
    execute("create schema public");
  }

  @Test
  void whereEveryRowFindsItsParentForeignKeysPass() throws SQLException {
    createOrders();
    CheckResult result = check(ForeignKeys.foreignKeys());
    assertThat(result.verdict()).isEqualTo(Verdict.PASS);
    assertThat(result.coverage()).isEqualTo("1 foreign keys");
  }

  @Test
  void anOrphanAndTheConstraintThatLetItInAreBothFound() throws SQLException {
    createOrders();
    execute(
        "alter table orders drop constraint orders_customer_fk",
        "insert into orders values (3, 99), (4, 98)",
        "alter table orders add constraint orders_customer_fk foreign key (customer_id)"
            + " references customers (id) not valid");
    CheckResult result = check(ForeignKeys.foreignKeys());
    assertThat(result.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(result.findings())
        .extracting(Finding::found)
        .containsExactly("2 orphans (orders_customer_fk)", "it is NOT VALID");
    assertThat(result.findings().get(0).examples()).containsExactlyInAnyOrder("(3,99)", "(4,98)");
    assertThat(result.findings().get(1).hint()).contains("VALIDATE CONSTRAINT orders_customer_fk");
  }

  @Test
  void aConstraintThatIsNotValidatedIsFoundEvenWithoutAnOrphan() throws SQLException {
    createOrders();
    execute(
        "alter table orders drop constraint orders_customer_fk",
        "alter table orders add constraint orders_customer_fk foreign key (customer_id)"
            + " references customers (id) not valid");
    assertThat(only(check(ForeignKeys.foreignKeys())).found()).isEqualTo("it is NOT VALID");
  }

  @Test
  void aKeyOfSeveralColumnsAndOddNamesIsFollowed() throws SQLException {
    execute(
        "create schema other",
        "create table other.\"Par ent\" (\"A\" int, b int, primary key (\"A\", b))",
        "create table child (\"x Y\" int, z int)",
        "insert into child values (1, 2), (1, null)",
        "alter table child add constraint \"odd Key\" foreign key (\"x Y\", z)"
            + " references other.\"Par ent\" (\"A\", b) not valid");
    List<Finding> findings = check(ForeignKeys.foreignKeys()).findings();
    assertThat(findings).hasSize(2);
    assertThat(findings.get(0).found()).isEqualTo("1 orphans (odd Key)");
    assertThat(findings.get(0).examples()).containsExactly("(1,2)");
  }

  @Test
  void aDatabaseWithoutForeignKeysProvesNothing() {
    assertThat(check(ForeignKeys.foreignKeys()).verdict()).isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void sequencesAheadOfTheirColumnsPass() throws SQLException {
    execute(
        "create table a (id bigserial, v text)",
        "create table b (id bigint generated always as identity, v text)",
        "insert into a (v) values ('x'), ('y')",
        "insert into b (v) values ('x')");
    CheckResult result = check(Sequences.sequences());
    assertThat(result.verdict()).isEqualTo(Verdict.PASS);
    assertThat(result.coverage()).isEqualTo("2 sequences");
  }

  @Test
  void aSequenceBehindItsColumnIsFoundAndTheHintMendsIt() throws SQLException {
    execute(
        "create table a (id bigserial, v text)", "insert into a (v) values ('x'), ('y'), ('z')");
    execute("select setval('a_id_seq', 1)");
    Finding behind = only(check(Sequences.sequences()));
    assertThat(behind.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(behind.expected()).isEqualTo("a_id_seq hands out values beyond a.id, which holds 3");
    assertThat(behind.found()).isEqualTo("its next value is 2");

    execute(behind.hint().replace("run ", ""));
    assertThat(check(Sequences.sequences()).verdict()).isEqualTo(Verdict.PASS);
  }

  @Test
  void theVeryNextValueMustBeFree() throws SQLException {
    execute("create table a (id bigserial)", "insert into a (id) values (7)");
    execute("select setval('a_id_seq', 7, false)");
    assertThat(only(check(Sequences.sequences())).found()).isEqualTo("its next value is 7");
    execute("select setval('a_id_seq', 7, true)");
    assertThat(check(Sequences.sequences()).verdict()).isEqualTo(Verdict.PASS);
  }

  @Test
  void aSequenceThatCountsDownMustBeBelow() throws SQLException {
    execute(
        "create table a (id bigint generated by default as identity (increment by -1))",
        "insert into a values (-5)");
    assertThat(only(check(Sequences.sequences())).found()).isEqualTo("its next value is -1");
  }

  @Test
  void aSequenceOfAnEmptyTableIsAheadOfIt() throws SQLException {
    execute("create table a (id bigserial)");
    assertThat(check(Sequences.sequences()).verdict()).isEqualTo(Verdict.PASS);
  }

  @Test
  void aDatabaseWithoutSequencesProvesNothing() {
    assertThat(check(Sequences.sequences()).verdict()).isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void whatInsertsHealAfterTheRestoreIsStillSeen() throws SQLException {
    execute("create table a (id bigserial, v text)", "insert into a (v) values ('x'), ('y')");
    execute("select setval('a_id_seq', 1)");
    DatabaseImage restored = image();
    execute("select nextval('a_id_seq') from generate_series(1, 5)");
    assertThat(check(Sequences.sequences(), restored, restored).verdict()).isEqualTo(Verdict.FAIL);
  }

  @Test
  void lookingAtTheCatalogueKeepsNoLockFromALaterStep() throws SQLException {
    createEveryKindOfObject();
    try (DatabaseSnapshot snapshot = DatabaseSnapshot.open(db)) {
      snapshot.schema();
      execute("set lock_timeout = '1s'; alter table orders add column later int");
      assertThat(snapshot.schema().objects()).doesNotContainKey("column public.orders.later");
    }
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "alter table orders drop constraint orders_customer_fk | constraint orders_customer_fk on public.orders",
        "alter table orders drop constraint orders_ref_key | constraint orders_ref_key on public.orders",
        "alter table orders drop constraint orders_status_check | constraint orders_status_check on public.orders",
        "drop index orders_open | index public.orders_open",
        "drop trigger touched on orders | trigger touched on public.orders",
        "drop view open_orders | view public.open_orders",
        "drop sequence spare | sequence public.spare",
        "alter table orders drop column note cascade | column public.orders.note",
        "drop function twice(int) | function public.twice(integer)",
        "drop type mood cascade | type public.mood",
      })
  void anObjectThatTheRestoreLostIsNamed(String lossAndObject) throws SQLException {
    String[] parts = lossAndObject.split(" \\| ", 2);
    createEveryKindOfObject();
    DatabaseImage before = image();
    execute(parts[0]);
    CheckResult lost = check(SchemaObjects.schemaObjects(), before, image());
    assertThat(lost.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(lost.findings().get(0).found()).endsWith(" missing");
    assertThat(lost.findings().get(0).examples()).contains(parts[1]);

    CheckResult extra = check(SchemaObjects.schemaObjects(), image(), before);
    assertThat(extra.findings().get(0).found()).endsWith(" too many");
    assertThat(extra.findings().get(0).examples()).contains(parts[1]);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "alter table orders alter column ref drop not null",
        "alter table orders alter column status set default 'shipped'",
        "alter table orders alter column id set generated by default",
        "alter table orders disable trigger touched",
        "alter sequence spare increment by 7",
        "alter type mood add value 'sad'",
        "create or replace function twice(int) returns int language sql as 'select 3 * $1'",
        "create or replace view open_orders as select id, ref from orders where status = 'shipped'",
        "alter table orders drop constraint orders_customer_fk;"
            + " alter table orders add constraint orders_customer_fk foreign key (customer_id)"
            + " references customers (id) not valid",
      })
  void anObjectThatCameBackDifferentIsShownAsItWasAndIs(String change) throws SQLException {
    createEveryKindOfObject();
    DatabaseImage before = image();
    execute(change);
    CheckResult result = check(SchemaObjects.schemaObjects(), before, image());
    assertThat(result.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(result.findings().get(0).found()).endsWith(" different");
    assertThat(result.findings().get(0).examples().get(0)).contains(": was ").contains(", is ");
  }

  @Test
  void everyKindOfObjectIsTheSameAfterADumpAndARestore() throws Exception {
    createEveryKindOfObject();
    DatabaseImage before = image();
    Command like = db.script("roundtrip.sh");
    like.perform(new Transcript(like.secrets()), Duration.ofMinutes(1));
    DatabaseImage after = image();
    CheckResult result = check(SchemaObjects.schemaObjects(), before, after);
    assertThat(result.findings()).isEmpty();
    assertThat(result.verdict()).isEqualTo(Verdict.PASS);
    assertThat(after.tables()).isEqualTo(before.tables());
  }

  @Test
  void aColumnNamedLikeTheCheckOwnAliasIsShownInAnOrphan() throws SQLException {
    execute(
        "create table p (id int primary key)",
        "create table a (t int primary key, c int, v text, p int)",
        "insert into a values (1, 2, 'old', 3)",
        "alter table a add constraint a_p_fk foreign key (p) references p (id) not valid");
    assertThat(check(ForeignKeys.foreignKeys()).findings().get(0).examples())
        .containsExactly("(1,2,old,3)");
  }

  @Test
  void aDatabaseThatDoesNotAnswerMakesChecksUnknown() {
    for (Check check : List.of(ForeignKeys.foreignKeys(), Sequences.sequences())) {
      CheckResult result =
          Examiner.examine(List.of(check), Evidences.of(new FakePostgres())).get(0);
      assertThat(result.verdict()).isEqualTo(Verdict.UNKNOWN);
    }
  }

  private static void createEveryKindOfObject() throws SQLException {
    execute(
        "create table customers (id int primary key)",
        "create type mood as enum ('glad', 'calm')",
        "create domain grade as int check (value between 1 and 6)",
        "create table orders (id bigint generated always as identity primary key,"
            + " ref varchar(20) not null unique, customer_id int"
            + " constraint orders_customer_fk references customers (id),"
            + " status varchar(10) not null default 'placed' check (status in ('placed', 'shipped')),"
            + " feeling mood default 'glad', grade grade, note text default lower('NONE'),"
            + " total numeric(10, 2) check (total >= 0 or (total is null and grade > 3)),"
            + " total_with_tax numeric generated always as (total * 1.15) stored)",
        "create index orders_open on orders (lower(ref)) where status in ('placed')",
        "create table parts (id int, at timestamptz) partition by range (id)",
        "create table parts_low partition of parts (check (id >= 0)) for values from (0) to (10)",
        "create index parts_at on parts (at)",
        "create table legacy (id serial, at timestamp without time zone default now())",
        "create sequence spare increment by 5",
        "create function twice(int) returns int language sql as 'select 2 * $1'",
        "create function touch() returns trigger language plpgsql as 'begin return new; end'",
        "create trigger touched before update on orders for each row"
            + " when (old.status in ('placed')) execute function touch()",
        "create view open_orders as select id, ref from orders"
            + " where status in ('placed', 'shipped') and (grade > 1 or note is null)",
        "create materialized view totals as select status, sum(total) from orders group by status",
        "insert into orders (ref, grade, total) values ('a', 1, 2.50), ('b', 2, 3)");
  }

  private static void createOrders() throws SQLException {
    execute(
        "create table customers (id int primary key)",
        "create table orders (id int primary key, customer_id int"
            + " constraint orders_customer_fk references customers (id))",
        "insert into customers values (1)",
        "insert into orders values (1, 1), (2, null)");
  }

  private static DatabaseImage image() throws SQLException {
    try (DatabaseSnapshot snapshot = DatabaseSnapshot.open(db)) {
      return snapshot.read();
    }
  }

  private static CheckResult check(Check check) {
    try {
      DatabaseImage now = image();
      return check(check, now, now);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static CheckResult check(Check check, DatabaseImage checkpoint, DatabaseImage restored) {
    return Examiner.examine(List.of(check), Evidences.of(db, checkpoint, restored)).get(0);
  }

  private static Finding only(CheckResult result) {
    assertThat(result.findings()).hasSize(1);
    return result.findings().get(0);
  }

  private static void execute(String... statements) throws SQLException {
    try (Connection connection = db.connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
