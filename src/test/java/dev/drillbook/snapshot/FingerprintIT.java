package dev.drillbook.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drillbook.site.Postgres;
import java.lang.reflect.Proxy;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What fingerprints see and what they must not see, asked of a real server. */
class FingerprintIT {
  @RegisterExtension static final TestDatabase db = new TestDatabase();

  /** Values that PostgreSQL's own hash functions, or its operators, take for the same. */
  @ParameterizedTest(name = "{0}: {1} is not {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          numeric | 1.0 | 1.00
          numeric | 5 | -5
          numeric | 'NaN' | 'Infinity'
          numeric | 'Infinity' | '-Infinity'
          numeric | 0 | 0.0
          numeric(14,4) | 1.0001 | 1.0002
          text | null | ''
          text | 'a' | 'a '
          text | 'null' | null
          text | 'a' | 'A'
          varchar(9) | 'ab' | 'ba'
          text collate "und-ci" | 'a' | 'A'
          text collate "und-ci" | 'café' | 'cafe\u0301'
          char(3) | 'a' | 'b'
          bpchar | 'a' | 'a '
          name | 'a' | 'b'
          "char" | 'a' | 'b'
          float8 | '0' | '-0'
          float8 | '0' | null
          float8 | 'NaN' | 'Infinity'
          float8 | '0.1' | '0.10000000000000002'
          float4 | '0' | '-0'
          float4 | '16777216' | '16777218'
          int2 | 1 | -1
          int4 | 0 | null
          int8 | 1 | 4294967296
          int8 | -1 | 4294967295
          int8 | 4294967297 | 0
          oid | 1 | 4294967295
          boolean | false | null
          boolean | false | true
          bytea | '\\x00ff' | '\\x00fe'
          bytea | '\\x' | null
          bytea | '\\x' | '\\x00'
          uuid | '00000000-0000-0000-0000-000000000000' | null
          uuid | '00000000-0000-0000-0000-000000000001' | '00000000-0000-0000-0000-000000000000'
          date | '2026-01-01' | '2026-01-02'
          date | 'infinity' | '-infinity'
          time | '24:00' | '00:00'
          timetz | '12:00+00' | '13:00+01'
          timestamp | '2026-01-01 00:00:00' | '2026-01-01 00:00:00.000001'
          timestamptz | '2026-01-01 00:00:00+00' | '2026-01-01 00:00:00.000001+00'
          timestamptz | '2026-01-01 00:00:00+00' | '2026-01-01 00:00:00+01'
          timestamptz | '294276-12-31 23:59:59.999998+00' | '294276-12-31 23:59:59.999999+00'
          timestamptz | 'infinity' | '-infinity'
          interval | '1 month' | '30 days'
          interval | '1 day' | '24 hours'
          json | '{"a":1}' | '{"a": 1}'
          json | '1.0' | '1.00'
          jsonb | '{"a": 1}' | '{"a": 1.0}'
          jsonb | '{"a": 1}' | '{"a": -1}'
          jsonb | 'null' | null
          xml | '<a/>' | '<b/>'
          point | '(0,1)' | '(0,2)'
          point | '(0,0)' | '(-0,0)'
          box | '(1,1),(0,0)' | '(2,1),(0,0)'
          bit(3) | B'101' | B'100'
          varbit | B'1' | B'10'
          tsvector | 'a:1' | 'a:2'
          money | 1.00 | 1.01
          inet | '10.0.0.1/8' | '10.0.0.1/16'
          cidr | '10.0.0.0/8' | '10.0.0.0/16'
          macaddr | '08:00:2b:01:02:03' | '08:00:2b:01:02:04'
          pg_lsn | '0/1' | '1/0'
          int4range | '[1,5)' | '[1,6)'
          numrange | '[1.0,2)' | '[1.00,2)'
          text[] | '{a,b}' | '{"a,b"}'
          text[] | '{}' | '{NULL}'
          int4[] | '[0:1]={1,2}' | '{1,2}'
          numeric[] | '{1.0}' | '{1.00}'
          pair | row(1, null) | row(1, '')
          pair | row(null, null) | null
          hue | 'red' | 'green'
          price | 1.0 | 1.00
          shade | 'red' | 'green'
          tint | 'red' | 'green'
          tint | null | 'red'
          tints | '{red}' | '{green}'
          code | 'a' | 'b'
          code | 'abc' | 'abd'
          couple | row(1, null) | row(1, '')
          reach | '[1,5)' | '[1,6)'
          price[] | '{1.0}' | '{1.00}'
          """)
  void valuesThatDifferHaveDifferentFingerprints(String type, String left, String right)
      throws SQLException {
    createTypes();
    assertThat(fingerprint(type, left)).isNotEqualTo(fingerprint(type, right));
  }

  @ParameterizedTest(name = "{0}: {1} is {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          char(3) | 'a' | 'a  '
          jsonb | '{"a": 1, "b": 2}' | '{"b": 2, "a": 1}'
          timestamptz | '2026-01-01 12:00:00+00' | '2026-01-01 18:00:00+06'
          numeric | 10.5 | '10.5'
          float8 | 'NaN' | '-NaN'
          """)
  void valuesThatAreStoredAlikeHaveTheSameFingerprint(String type, String left, String right)
      throws SQLException {
    assertThat(fingerprint(type, left)).isEqualTo(fingerprint(type, right));
  }

  @ParameterizedTest
  @ValueSource(strings = {"int8", "int4", "int2", "float8", "float4", "uuid", "bytea"})
  void everySingleBitIsSeen(String type) throws SQLException {
    db.execute("create table a (v " + type + ")");
    Set<Fingerprint> seen = new HashSet<>();
    int bits =
        switch (type) {
          case "int2" -> 16;
          case "int4", "float4" -> 32;
          case "uuid", "bytea" -> 128;
          default -> 64;
        };
    for (int bit = -1; bit < bits; bit++) {
      db.execute("truncate a", "insert into a values (" + withBit(type, bits, bit) + ")");
      seen.add(db.fingerprint("a"));
    }
    assertThat(seen).hasSize(bits + 1);
  }

  /**
   * 1 with one bit flipped; of floating-point numbers a power of two, which differ in one bit, too.
   */
  private static String withBit(String type, int bits, int bit) {
    BigInteger value = bit < 0 ? BigInteger.ONE : BigInteger.ONE.flipBit(bit);
    String binary =
        String.format("B'%" + bits + "s'", value.toString(2)).replace(' ', '0') + "::bit(" + bits;
    return switch (type) {
      case "float4", "float8" -> bit < 0 ? "0" : "2::float8 ^ " + (bit - 20);
      case "uuid" -> String.format("'%032x'", value);
      case "bytea" -> String.format("'\\x%032x'", value);
      case "int2" -> binary + ")::int4 - 32768";
      default -> binary + ")::" + type;
    };
  }

  @Test
  void whichColumnAValueStandsInMatters() throws SQLException {
    for (String type : List.of("text", "int4", "int8", "float8", "float4", "boolean", "numeric")) {
      db.execute("drop table if exists a", "create table a (x %1$s, y %1$s)".formatted(type));
      Set<Fingerprint> seen = new HashSet<>();
      List<String> rows =
          List.of("'1', '0'", "'0', '1'", "null, '0'", "'0', null", "null, null", "'0', '0'");
      for (String row : rows) {
        db.execute("truncate a", "insert into a values (" + row + ")");
        seen.add(db.fingerprint("a"));
      }
      assertThat(seen).as(type).hasSize(rows.size());
    }
  }

  @Test
  void valuesThatChangePlacesBetweenRowsAreSeen() throws SQLException {
    db.execute("create table a (x int, y int)", "insert into a values (1, 10), (2, 20)");
    Fingerprint before = db.fingerprint("a");
    db.execute("update a set y = 30 - y");
    assertThat(db.fingerprint("a")).isNotEqualTo(before);
  }

  @Test
  void aRowOfNothingButNullCounts() throws SQLException {
    db.execute("create table a (x int, y text)", "insert into a values (null, null)");
    Fingerprint one = db.fingerprint("a");
    db.execute("insert into a values (null, null)");
    assertThat(db.fingerprint("a")).isEqualTo(one.plus(one)).isNotEqualTo(one);
  }

  @Test
  void aRowThatStandsTwiceIsSeenAlsoWhereTheCountIsTheSame() throws SQLException {
    db.execute("create table a (v text)", "insert into a values ('x'), ('x'), ('y'), ('z')");
    Fingerprint twice = db.fingerprint("a");
    db.execute("truncate a", "insert into a values ('y'), ('y'), ('x'), ('z')");
    assertThat(db.fingerprint("a")).isNotEqualTo(twice);
    db.execute("truncate a", "insert into a values ('y'), ('z'), ('w'), ('w')");
    Fingerprint other = db.fingerprint("a");
    db.execute("truncate a", "insert into a values ('y'), ('z'), ('x'), ('x')");
    assertThat(db.fingerprint("a")).isNotEqualTo(other);
  }

  @Test
  void columnsNamedLikeTheQuerysOwnAliasesAreRead() throws SQLException {
    db.execute("create table a (t int primary key, h int, k int, s int, g int)");
    db.execute("insert into a values (1, 2, 3, 4, 5)");
    Fingerprint before = db.fingerprint("a");
    for (String column : List.of("t", "h", "k", "s", "g")) {
      db.execute("update a set %1$s = %1$s + 1".formatted(column));
      assertThat(db.fingerprint("a")).as(column).isNotEqualTo(before);
      before = db.fingerprint("a");
    }
  }

  @Test
  void aTableOfAsManyColumnsAsThereCanBeIsReadToItsLastColumn() throws SQLException {
    String columns =
        IntStream.range(0, 1_600).mapToObj(i -> "c" + i + " int2").collect(Collectors.joining(","));
    db.execute("create table a (" + columns + ")", "insert into a default values");
    Set<Fingerprint> seen = new HashSet<>(List.of(db.fingerprint("a")));
    for (int column : List.of(0, 99, 100, 1_599)) {
      db.execute("truncate a", "insert into a (c" + column + ") values (0)");
      seen.add(db.fingerprint("a"));
    }
    assertThat(seen).hasSize(5);
  }

  @Test
  void aTableWithoutColumnsHasRowsAllTheSame() throws SQLException {
    db.execute("create table a ()", "insert into a default values", "insert into a default values");
    assertThat(db.fingerprint("a").rows()).isEqualTo(2);
  }

  @Test
  void aLargeTableHasTheSameFingerprintWhateverTheOrderOfItsRows() throws SQLException {
    db.execute(
        "create table a (id int primary key, v text)",
        "insert into a select g, repeat(md5(g::text), 40) from generate_series(1, 20000) g");
    Fingerprint whole = db.fingerprint("a");
    assertThat(whole.rows()).isEqualTo(20_000);
    db.execute("create table b (like a)", "insert into b select * from a order by id desc");
    assertThat(db.fingerprint("b")).isEqualTo(whole);
    try (DatabaseSnapshot snapshot = DatabaseSnapshot.open(db.server())) {
      DatabaseImage image = snapshot.read();
      assertThat(snapshot.holds(image, Duration.ofMinutes(1))).isTrue();
    }
    db.execute("update a set v = v || 'x' where id = 19999");
    assertThat(db.fingerprint("a")).isNotEqualTo(whole);
  }

  @Test
  void aPartitionedTableIsTheSumOfItsPartitionsAndAnHeirIsNoPartOfItsParent() throws SQLException {
    db.execute(
        "create table plain (id int, v text)",
        "create table parted (id int, v text) partition by range (id)",
        "create table low partition of parted for values from (0) to (10)",
        "create table high partition of parted for values from (10) to (99) partition by range (id)",
        "create table highest (v text, dropped int, id int)",
        "alter table highest drop column dropped",
        "alter table high attach partition highest for values from (10) to (99)",
        "insert into parted values (1, 'a'), (11, 'b')",
        "insert into plain values (11, 'b'), (1, 'a')",
        "create table parent (id int)",
        "create table heir () inherits (parent)",
        "insert into heir values (1)");
    DatabaseImage image = db.image();
    assertThat(image.tables()).containsOnlyKeys("heir", "parent", "parted", "plain");
    assertThat(image.tables().get("parted").fingerprint())
        .isEqualTo(image.tables().get("plain").fingerprint());
    assertThat(image.tables().get("parent").rows()).isZero();
    assertThat(image.tables().get("heir").rows()).isEqualTo(1);
  }

  @Test
  void rowsThatAPolicyHidesAreAnErrorAndNotFewerRows() throws SQLException {
    db.execute(
        "create table a (id int)",
        "insert into a values (1), (2)",
        "alter table a enable row level security",
        "alter table a force row level security",
        "create policy one on a using (id = 1)");
    assertThatThrownBy(() -> db.fingerprint("a"))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("row-level security");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bn-BD", "ar-EG-u-nu-arab", "tr-TR"})
  void theFingerprintDoesNotDependOnTheLocaleOfThisProcess(String locale) throws SQLException {
    db.execute(
        "create table a (id bigserial primary key, v text)",
        "insert into a (v) select repeat(md5(g::text), 6) from generate_series(1, 30000) g",
        "create table b (id int, v text)",
        "insert into b values (1, null)");
    DatabaseImage before = original();
    Locale usual = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag(locale));
    try {
      assertThat(original()).isEqualTo(before);
      db.execute("delete from a where id = 20000");
      try (DatabaseSnapshot now = DatabaseSnapshot.open(db.server())) {
        assertThat(now.differences(before.tables().get("a"), now.read().tables().get("a"), 9))
            .extracting(RowDifference::row)
            .containsExactly("(20000)");
      }
    } finally {
      Locale.setDefault(usual);
    }
  }

  private static DatabaseImage original() throws SQLException {
    try (DatabaseSnapshot snapshot = DatabaseSnapshot.open(db.server())) {
      return snapshot.readAsOriginal();
    }
  }

  /** What PostgreSQL 18 shows of a column whose not-null constraint is NOT VALID, on any server. */
  @Test
  void aNullInAColumnWhoseNotNullConstraintIsNotValidIsSeen() throws SQLException {
    db.execute("create table a (x int, y text)", "insert into a values (null, 'old'), (1, 'y')");
    Fingerprint before = fingerprintWithInvalidNotNull();
    assertThat(before).isEqualTo(db.fingerprint("a"));
    db.execute("update a set y = 'new' where x is null");
    assertThat(fingerprintWithInvalidNotNull()).isNotEqualTo(before);
  }

  private static Fingerprint fingerprintWithInvalidNotNull() throws SQLException {
    Postgres shadowed =
        (Postgres)
            Proxy.newProxyInstance(
                Postgres.class.getClassLoader(),
                new Class<?>[] {Postgres.class},
                (proxy, method, arguments) -> {
                  Object result = method.invoke(db.server(), arguments);
                  if (result instanceof Connection connection) {
                    shadowCatalogue(connection);
                  }
                  return result;
                });
    try (DatabaseSnapshot snapshot = DatabaseSnapshot.open(shadowed)) {
      return snapshot.fingerprint("a");
    }
  }

  /** Temporary tables stand before the system's own. */
  private static void shadowCatalogue(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "create temp table pg_attribute as select attrelid, attname, attnum, atttypid, atttypmod, attisdropped,"
              + " attnotnull or attrelid = 'a'::regclass as attnotnull from pg_catalog.pg_attribute");
      statement.execute(
          "create temp table pg_constraint as select 'a'::regclass::oid as conrelid, 'n'::\"char\" as contype,"
              + " array[n::int2] as conkey, false as convalidated from generate_series(1, 2) n");
    }
  }

  @Test
  void functionsOfTheDatabaseCannotStandInForTheSystems() throws SQLException {
    db.execute(
        "create table a (v varchar(9))",
        "insert into a values ('x')",
        "create function hashtextextended(varchar, int8) returns int8 language sql as 'select 0::int8'",
        "create function textin(varchar) returns text language sql as $$select 'same'$$");
    Fingerprint before = db.fingerprint("a");
    db.execute("update a set v = 'y'");
    assertThat(db.fingerprint("a")).isNotEqualTo(before);
  }

  @Test
  void everyTypeIsTheSameAfterADumpAndAParallelRestore() throws Exception {
    createTypes();
    db.execute(
        "create table a (id int primary key, n numeric, f float8, r float4, t text, c char(5), b bytea,"
            + " ts timestamptz, i interval, j json, jb jsonb, x xml, p point, bi varbit, v tsvector, m money,"
            + " ip inet, rg numrange, arr numeric[], pr pair, h hue, d price, rc regclass, u uuid, o boolean)",
        "insert into a select g, g / 7.0, sqrt(g), sqrt(g), case when g % 3 > 0 then md5(g::text) end, 'c',"
            + " decode(md5(g::text), 'hex'), timestamptz '2026-01-01' + g * interval '1.000001 s',"
            + " g * interval '1 month 1 day 1 us', '{\"a\":  1.0}', '{\"a\": 1.0}', '<a/>', point(g, -0.0), B'101',"
            + " to_tsvector('simple', g::text), g, '10.0.0.1/8', numrange(g, g + 1.0), array[1.0, null],"
            + " row(g, null)::pair, case when g % 2 = 0 then 'red' else 'green' end::hue, 1.10, 'a',"
            + " md5(g::text)::uuid, g % 2 = 0 from generate_series(1, 500) g",
        "insert into a (id, f, n) values (-1, '-0', 'NaN'), (-2, 'NaN', 1.00)",
        "create table log (v text)",
        "insert into log values ('x'), ('x'), (null)",
        "delete from a where id % 10 = 0");
    DatabaseImage before = db.image();
    db.dumpAndRestore();
    assertThat(db.image().tables()).isEqualTo(before.tables());
  }

  @Test
  void theFingerprintDoesNotDependOnTheSettingsOfTheRole() throws SQLException {
    db.execute(
        "create table a (id int primary key, t timestamptz, i interval, b bytea, f float8, m money)",
        "insert into a values (1, now(), '1 month 3 days', '\\x00ff', 0.1, 1)");
    DatabaseImage before = db.image();
    db.execute(
        "alter role clerk set timezone = 'Asia/Dhaka'",
        "alter role clerk set datestyle = 'German'",
        "alter role clerk set intervalstyle = 'iso_8601'",
        "alter role clerk set bytea_output = 'escape'",
        "alter role clerk set extra_float_digits = -10",
        "alter role clerk set statement_timeout = '1h'",
        "alter role clerk set search_path = 'nowhere'");
    try {
      assertThat(db.image()).isEqualTo(before);
    } finally {
      db.execute("alter role clerk reset all");
    }
  }

  @Test
  void thatALongTableIsStillBeingReadIsTold() throws SQLException {
    db.execute(
        "create table a (id int primary key, v text)",
        "insert into a select g, repeat(md5(g::text), 40) from generate_series(1, 20000) g");
    Queue<String> heard = new ConcurrentLinkedQueue<>();
    try (DatabaseSnapshot snapshot =
        DatabaseSnapshot.open(
            db.server(),
            (table, bytes, since) -> heard.add(table + bytes + !since.isZero()),
            Duration.ofMillis(1))) {
      snapshot.fingerprint("a");
    }
    assertThat(heard)
        .isNotEmpty()
        .containsOnly("a" + db.text("select pg_table_size('a')") + "true");
  }

  @Test
  void aLargeTableIsReadBySeveralOfTheServersProcesses() throws SQLException {
    db.execute(
        "create table a (id int primary key, v text)",
        "insert into a select g, repeat(md5(g::text), 40) from generate_series(1, 20000) g",
        "analyze a");
    try (Connection connection = db.server().connect()) {
      ReadSettings.begin(connection);
      try (Statement statement = connection.createStatement()) {
        statement.execute(ReadSettings.set());
        TableShape a = ShapeReader.read(connection).get(0);
        List<String> plan = new ArrayList<>();
        try (ResultSet lines = statement.executeQuery("explain " + TableReader.query(a))) {
          while (lines.next()) {
            plan.add(lines.getString(1).strip());
          }
        }
        assertThat(plan).contains("Workers Planned: " + (Readers.wanted() - 1));
      }
    }
  }

  private static void createTypes() throws SQLException {
    db.execute(
        "create collation if not exists \"und-ci\" (provider = icu, locale = 'und-u-ks-level1', deterministic = false)",
        "create type pair as (x int, y text)",
        "create type hue as enum ('red', 'green', 'blue')",
        "create domain price as numeric",
        "create domain shade as hue",
        "create domain tint as shade check (value::text <> 'blue')",
        "create domain tints as hue[]",
        "create domain code as char(3)",
        "create domain couple as pair",
        "create domain reach as int4range");
  }

  private static Fingerprint fingerprint(String type, String value) throws SQLException {
    db.execute("drop table if exists a", "create table a (v " + type + ")");
    db.execute("insert into a values (" + value + ")");
    Fingerprint fingerprint = db.fingerprint("a");
    assertThat(fingerprint.rows()).isEqualTo(1);
    return fingerprint;
  }
}
