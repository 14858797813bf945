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
    CheckResult result = foreignKeysOfNoKnownOriginal();
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
    assertThat(only(foreignKeysOfNoKnownOriginal()).found()).isEqualTo("it is NOT VALID");
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
    List<Finding> findings = foreignKeysOfNoKnownOriginal().findings();
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
    assertThat(extra.findings())
        .filteredOn(finding -> finding.found().endsWith(" too many"))
        .flatExtracting(Finding::examples)
        .contains(parts[1]);
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
    assertThat(check(Sequences.sequences(), before, after).findings()).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "create table t (a int, b int, c int, check (a = 1 or (b = 1 and c = 1)))"
            + " | create table t (a int, b int, c int, check ((a = 1 or b = 1) and c = 1))",
        "create table t (a int, b int, check (a - (b - 1) > 0))"
            + " | create table t (a int, b int, check (a - b - 1 > 0))",
        "create table t (n numeric, check (n::int > 1)) | create table t (n numeric, check (n > 1))",
        "create table t (v text, check (v <> 'a b')) | create table t (v text, check (v <> 'ab'))",
        "create table t (v text, check (v <> '(a)::text')) | create table t (v text, check (v <> 'a'))",
        "create table t (v text default 'x (y)') | create table t (v text default 'x y')",
        "create view w as select (1 - (2 - 3)) as x | create view w as select (1 - 2 - 3) as x",
        "create table t (a bool, b bool, c bool); create policy p on t using ((a or b) and c)"
            + " | create table t (a bool, b bool, c bool); create policy p on t using (a or (b and c))",
        "create function f(x numeric) returns numeric language sql as 'select (x + 1) * 2'"
            + " | create function f(x numeric) returns numeric language sql as 'select x + 1 * 2'",
        "create function f(x numeric) returns numeric language sql as 'select x::int::numeric'"
            + " | create function f(x numeric) returns numeric language sql as 'select x'",
        "create table t (v varchar(9), check (v in ('a', 'b')))"
            + " | create table t (v varchar(9), check (v in ('a', 'c')))",
        "create table t (id int, net int, gross int) | create table t (id int, gross int, net int)",
      })
  void whatMeansSomethingElseIsDifferent(String beforeAndAfter) throws SQLException {
    String[] parts = beforeAndAfter.split(" \\| ", 2);
    execute(parts[0]);
    DatabaseImage before = image();
    execute("drop schema public cascade", "create schema public");
    execute(parts[1]);
    CheckResult result = check(SchemaObjects.schemaObjects(), before, image());
    assertThat(result.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(result.findings().get(0).found()).endsWith(" different");
  }

  @Test
  void columnsThatWereDroppedLeaveNoGapInTheOrderOfTheOthers() throws SQLException {
    execute("create table t (a int, x int, b int)", "alter table t drop column x");
    DatabaseImage before = image();
    execute("drop table t", "create table t (a int, b int)");
    assertThat(check(SchemaObjects.schemaObjects(), before, image()).findings()).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "create type pair as (x int, y text) | drop type pair | type public.pair",
        "create type span as range (subtype = float8) | drop type span | type public.span",
        "create aggregate total(int) (sfunc = int4pl, stype = int, initcond = '0')"
            + " | drop aggregate total(int) | aggregate public.total(integer)",
        "create table t (a int, b int); create statistics s on a, b from t"
            + " | drop statistics s | statistics public.s",
        "create table t (a int); create rule quiet as on delete to t do instead nothing"
            + " | drop rule quiet on t | rule quiet on public.t",
        "create extension citext | drop extension citext | extension citext",
      })
  void aRarerObjectThatTheRestoreLostIsNamed(String createAndDrop) throws SQLException {
    String[] parts = createAndDrop.split(" \\| ", 3);
    execute(parts[0]);
    DatabaseImage before = image();
    execute(parts[1]);
    assertThat(check(SchemaObjects.schemaObjects(), before, image()).findings().get(0).examples())
        .contains(parts[2]);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "create type pair as (x int, y text) | alter type pair alter attribute x type bigint",
        "create aggregate total(int) (sfunc = int4pl, stype = int, initcond = '0')"
            + " | create or replace aggregate total(int) (sfunc = int4pl, stype = int, initcond = '1')",
        "create table t (v text) | alter table t alter v type text collate \"C\"",
        "create domain d as text | drop domain d; create domain d as text collate \"C\"",
        "create table p (a int); create table t (a int) | alter table t inherit p",
        "create table t (a int, b int); create statistics s (ndistinct) on a, b from t"
            + " | drop statistics s; create statistics s (mcv) on a, b from t",
        "create table t (a int); create rule quiet as on delete to t do instead nothing"
            + " | create or replace rule quiet as on delete to t do also nothing",
        "create extension citext version '1.5' | alter extension citext update to '1.6'",
        "create table t (a int) | alter table t replica identity full",
        "create table t (a int) | alter table t set (fillfactor = 50)",
      })
  void aRarerObjectThatChangedIsShown(String createAndChange) throws SQLException {
    String[] parts = createAndChange.split(" \\| ", 2);
    execute(parts[0]);
    DatabaseImage before = image();
    execute(parts[1]);
    CheckResult result = check(SchemaObjects.schemaObjects(), before, image());
    assertThat(result.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(result.findings().get(0).found()).endsWith(" different");
  }

  @Test
  void aSequenceThatIsOnlyADefaultIsHeldAgainstItsColumns() throws SQLException {
    execute(
        "create sequence numbers",
        "create table a (id bigint default nextval('numbers'))",
        "create table b (id bigint default nextval('numbers'::regclass))",
        "insert into a values (1), (2)",
        "insert into b values (7)",
        "select setval('numbers', 3)");
    CheckResult result = check(Sequences.sequences());
    assertThat(only(result).expected())
        .isEqualTo("numbers hands out values beyond b.id, which holds 7");
    assertThat(result.coverage()).isEqualTo("2 sequences");
  }

  @Test
  void aSequenceOfNoColumnMustNotBeBehindTheCheckpoint() throws SQLException {
    execute("create sequence invoices", "create sequence calm", "select setval('invoices', 41)");
    DatabaseImage before = image();
    assertThat(check(Sequences.sequences(), before, image()).verdict()).isEqualTo(Verdict.PASS);
    execute("select setval('invoices', 5)");
    Finding behind = only(check(Sequences.sequences(), before, image()));
    assertThat(behind.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(behind.expected())
        .isEqualTo("invoices hands out nothing that it had handed out by the backup, up to 41");
    execute("select setval('invoices', 50)");
    assertThat(check(Sequences.sequences(), before, image()).verdict()).isEqualTo(Verdict.PASS);
  }

  @Test
  void aConstraintThatWasNotValidatedInTheOriginalEitherPasses() throws SQLException {
    createOrders();
    execute(
        "alter table orders drop constraint orders_customer_fk",
        "alter table orders add constraint orders_customer_fk foreign key (customer_id)"
            + " references customers (id) not valid");
    DatabaseImage before = image();
    assertThat(check(ForeignKeys.foreignKeys(), before, image()).verdict()).isEqualTo(Verdict.PASS);
  }

  @Test
  void rowsThatAPolicyHidesAreNotTakenForOrphansOrForNone() throws SQLException {
    createOrders();
    DatabaseImage before = image();
    execute(
        "alter table customers enable row level security",
        "alter table customers force row level security");
    CheckResult result = check(ForeignKeys.foreignKeys(), before, before);
    assertThat(result.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(only(result).found()).contains("row-level security");
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
          Examiner.examine(List.of(check), Evidences.of(FakePostgres.make())).get(0);
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
        "create table kinds (code char(3) check (code in ('abc', 'de')), v varchar check (v not in ('x', 'y''z)')),"
            + " w varchar(9) check (w in ('a]::text', '(b)') or w is null), net cidr check (net in ('10.0.0.0/8')),"
            + " bits varbit check (bits in (B'1', B'10')), n numeric check (n in (1, 2.5)), f float8 check (f in (1, 2)),"
            + " big bigint check (big in (1, 2)), nm name check (nm in ('a', 'b')), d date check (d > '2026-01-01'),"
            + " at timestamptz check (at in ('2026-01-01 00:00:00+00', '2026-01-02 00:00:00+00')),"
            + " check ((v in ('a', 'b') and (w = any (array['c', 'd'])) or (code = 'x' and n between 1 and 2))))",
        "create domain tone as varchar(9) default 'calm' check (value in ('calm', 'loud') and value !~ '[0-9]( )')",
        "create table notes (tone tone, body text collate \"C\" check (length(body) - (1 - 2) > 0))",
        "create index kinds_w on kinds (w) where w in ('a', 'b') or v like 'x%'",
        "create index kinds_expression on kinds ((coalesce(v, w) || 'x'), lower(w) desc nulls last)",
        "create view kinds_shown as with k as (select * from kinds where v in ('a', 'b')) select k.v, case when k.w in"
            + " ('c', 'd') then 1 else 2 end as c, row_number() over (partition by k.v order by k.w) as r,"
            + " array['a', 'b']::varchar[] as arr from k left join notes on notes.tone in ('calm', 'x')"
            + " where (k.n - (k.f::numeric - 1) > 0 or k.v = any ('{a,b}'::varchar[])) and k.w not in ('q', 'r')",
        "create function atomic(x varchar) returns bool begin atomic select x in ('a', 'b'); end",
        "create function quoted(x text default 'a  b') returns text language sql as $q$ select (x) || '$$'::text $q$",
        "alter table kinds enable row level security",
        "create policy mine on kinds using (v in ('a', 'b')) with check ((v = 'a' or w = 'b') and n > 0)",
        "create type pair as (x int, y varchar(9) collate \"C\")",
        "create type span as range (subtype = float8)",
        "create aggregate total(int) (sfunc = int4pl, stype = int, initcond = '0')",
        "create statistics spread (ndistinct, mcv) on v, w from kinds",
        "create rule quiet as on delete to notes where old.tone in ('calm', 'x') do instead nothing",
        "create table heir () inherits (legacy)",
        "create extension citext",
        "create table mails (address citext primary key check (address in ('a@b', 'c@d')))",
        "create sequence numbers",
        "create table numbered (id bigint default nextval('numbers'))",
        "alter table numbered replica identity full, set (fillfactor = 50)",
        "create procedure noop() language sql as 'select 1'",
        "create unique index parts_low_id on parts_low (id)",
        "alter table kinds disable row level security",
        "insert into numbered default values",
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

  private static CheckResult foreignKeysOfNoKnownOriginal() {
    return Examiner.examine(List.of(ForeignKeys.foreignKeys()), Evidences.of(db)).get(0);
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
