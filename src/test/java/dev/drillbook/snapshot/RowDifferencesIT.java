package dev.drillbook.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drillbook.snapshot.RowDifference.Kind;
import dev.drillbook.timeline.DrillException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Rows that differ are found, in small tables, in large ones, and with and without the original.
 */
class RowDifferencesIT {
  private static final int ROWS = 30_000;

  @RegisterExtension static final TestDatabase original = new TestDatabase();
  @RegisterExtension static final TestDatabase db = new TestDatabase();

  @Test
  void inASmallTableADifferenceIsToldToTheCell() throws SQLException {
    db.execute(
        "create table a (id int primary key, n numeric, t text)",
        "insert into a values (1, 1.0, 'x'), (2, 2, null), (10, 3, 'z')");
    DatabaseImage before = db.image();
    db.execute("update a set n = 1.00, t = null where id = 1", "delete from a where id = 2");
    db.execute("insert into a values (3, 4, 'new')");
    assertThat(since(before, "a", 9))
        .extracting(RowDifference::toString)
        .containsExactly(
            "row (1) differs: n was '1.0', is '1.00'; t was 'x', is NULL",
            "row (2) is missing",
            "row (3) was not in the backup");
    assertThat(since(before, "a", 2)).hasSize(2);
  }

  @Test
  void aSmallTableWithoutAKeyIsComparedByWholeRows() throws SQLException {
    db.execute("create table a (v text, w int)", "insert into a values ('x', 1), ('x', 1)");
    DatabaseImage before = db.image();
    db.execute("truncate a", "insert into a values ('x', 1), ('y', null)");
    assertThat(since(before, "a", 9))
        .extracting(RowDifference::toString)
        .containsExactly("row (x,1) is missing", "row (y,null) was not in the backup");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 1_024, 15_000, 29_999, ROWS})
  void aRowThatChangedIsFoundInALargeTableWhoseOriginalIsGone(int id) throws SQLException {
    createLarge(db);
    DatabaseImage before = asOriginal(db);
    assertThat(before.tables().get("a").kept()).isEmpty();
    assertThat(before.tables().get("a").nodes().orElseThrow().leaves()).hasSizeGreaterThan(16);
    db.execute("update a set v = v || 'x' where id = " + id);
    assertThat(since(before, "a", 9))
        .containsExactly(new RowDifference(Kind.CHANGED, "(" + id + ")", List.of()));
  }

  @Test
  void rowsThatAreMissingOrTooManyAreFoundInALargeTableWhoseOriginalIsGone() throws SQLException {
    createLarge(db);
    DatabaseImage before = asOriginal(db);
    db.execute("delete from a where id = 15000", "insert into a values (1000000, 'new')");
    assertThat(since(before, "a", 9))
        .extracting(RowDifference::toString)
        .containsExactly("row (15000) is missing", "row (1000000) was not in the backup");
  }

  @Test
  void theFirstRowIsMissingWithTheRangeThatItWasIn() throws SQLException {
    createLarge(db);
    DatabaseImage before = asOriginal(db);
    db.execute("delete from a where id = 1");
    assertThat(since(before, "a", 9))
        .singleElement()
        .hasToString(
            "row with a key from the first up to before "
                + RowDifference.key(before.tables().get("a").nodes().orElseThrow().bounds().get(0))
                + " is missing");
  }

  @Test
  void rowsThatDifferCloseToEachOtherAreToldByTheirRange() throws SQLException {
    createLarge(db);
    DatabaseImage before = asOriginal(db);
    db.execute("update a set v = v || 'x' where id in (15000, 15001)");
    assertThat(since(before, "a", 9))
        .singleElement()
        .asString()
        .matches("several rows with keys from \\(\\d+\\) up to before \\(\\d+\\) differ");
  }

  @Test
  void noMoreRowsAreSoughtThanWanted() throws SQLException {
    createLarge(db);
    DatabaseImage before = asOriginal(db);
    db.execute("update a set v = v || 'x' where id % 5000 = 0");
    assertThat(since(before, "a", 3))
        .extracting(RowDifference::row)
        .containsExactly("(5000)", "(10000)", "(15000)");
    assertThat(since(before, "a", 99)).hasSize(ROWS / 5_000);
  }

  /** Keys of several columns, of text in the database's own order, and scattered over the table. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          k text primary key | md5(g::text) | k = md5('777')
          k uuid primary key | md5(g::text)::uuid | k = md5('777')::uuid
          k numeric primary key | g / 8.0 | k = 777 / 8.0
          k varchar(40) not null unique | concat('Ä', g, 'é') | k = 'Ä777é'
          k timestamptz primary key | '2026-01-01'::timestamptz + g * interval '1 us' | k = '2026-01-01'::timestamptz + 777 * interval '1 us'
          """)
  void anyKeyWillDo(String column, String value, String where) throws SQLException {
    db.execute(
        "create table a (" + column + ", v text)",
        "insert into a select %s, repeat(md5(g::text), 6) from generate_series(1, %d) g"
            .formatted(value, ROWS));
    DatabaseImage before = asOriginal(db);
    String key = db.text("select k::text from a where " + where);
    db.execute("update a set v = '' where " + where);
    assertThat(since(before, "a", 9))
        .containsExactly(new RowDifference(Kind.CHANGED, "(" + key + ")", List.of()));
    db.execute("delete from a where " + where);
    assertThat(since(before, "a", 9).get(0).kind()).isEqualTo(Kind.MISSING);
  }

  /** Its operators are not the system's own, and without them there are no ranges. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ltree | concat('top.k', g)
          citext | concat('K', g)
          """)
  void aLargeTableWhoseKeyIsOfAnExtensionsTypeIsComparedAsAWhole(String type, String value)
      throws SQLException {
    db.execute(
        "create extension " + type,
        "create table a (k " + type + " primary key, v text)",
        "insert into a select (%s)::%s, repeat(md5(g::text), 6) from generate_series(1, %d) g"
            .formatted(value, type, ROWS));
    DatabaseImage before = asOriginal(db);
    assertThat(before.tables().get("a").nodes()).isEmpty();
    db.execute("update a set v = '' where v = repeat(md5('777'), 6)");
    assertThat(db.fingerprint("a")).isNotEqualTo(before.tables().get("a").fingerprint());
    assertThat(since(before, "a", 9)).isEmpty();
  }

  @Test
  void aKeyOfSeveralColumnsWithOddNamesWillDo() throws SQLException {
    db.execute(
        "create table a (v text, \"Key 1\" int, t text, primary key (t, \"Key 1\"))",
        "insert into a select repeat(md5(g::text), 6), g, 'k' || g %% 10 from generate_series(1, %d) g"
            .formatted(ROWS));
    DatabaseImage before = asOriginal(db);
    db.execute("update a set v = '' where \"Key 1\" = 777");
    assertThat(since(before, "a", 9))
        .containsExactly(new RowDifference(Kind.CHANGED, "(k7,777)", List.of()));
  }

  @Test
  void withoutAKeyALargeTableIsComparedAsAWhole() throws SQLException {
    createLarge(db);
    db.execute("alter table a drop constraint a_pkey", "alter table a alter id drop not null");
    DatabaseImage before = asOriginal(db);
    db.execute("update a set v = '' where id = 7");
    assertThat(since(before, "a", 9)).isEmpty();
    assertThat(db.fingerprint("a")).isNotEqualTo(before.tables().get("a").fingerprint());
  }

  @Test
  void whereTheKeyIsAnotherNowNoRowIsNamed() throws SQLException {
    createLarge(db);
    DatabaseImage before = asOriginal(db);
    db.execute("alter table a drop constraint a_pkey", "update a set v = '' where id = 7");
    assertThat(since(before, "a", 9)).isEmpty();
  }

  @Test
  void againstALiveOriginalEveryDifferenceIsToldToTheCell() throws SQLException {
    createLarge(original);
    createLarge(db);
    original.execute("cluster a using a_pkey", "update a set v = 'as it was' where id = 20000");
    db.execute(
        "update a set v = null where id = 20000",
        "update a set v = 'y' where id = 20001",
        "delete from a where id in (1, 25000)",
        "insert into a values (-5, 'new')");
    assertThat(live("a", 99))
        .extracting(RowDifference::toString)
        .satisfiesExactlyInAnyOrder(
            d -> assertThat(d).isEqualTo("row (-5) was not in the backup"),
            d -> assertThat(d).isEqualTo("row (1) is missing"),
            d -> assertThat(d).isEqualTo("row (20000) differs: v was 'as it was', is NULL"),
            d -> assertThat(d).startsWith("row (20001) differs: v was '").endsWith("is 'y'"),
            d -> assertThat(d).isEqualTo("row (25000) is missing"));
    assertThat(live("a", 2)).hasSize(2);
  }

  @Test
  void againstALiveOriginalThatIsEqualThereIsNoDifference() throws SQLException {
    createLarge(original);
    db.execute("create table a (id int primary key, v text)");
    db.execute(
        "insert into a select g, repeat(md5(g::text), 6) from generate_series(%d, 1, -1) g"
            .formatted(ROWS));
    assertThat(live("a", 9)).isEmpty();
  }

  @Test
  void whatIsUndoneIsFoundHoweverManyRowsAreNew() throws SQLException {
    createLarge(db);
    try (DatabaseSnapshot earlier = DatabaseSnapshot.open(db.server())) {
      db.execute(
          "update a set v = 'x' where id in (7, 20000)",
          "delete from a where id = 15000",
          "insert into a select g, 'new' from generate_series(-2000, 0) g",
          "insert into a select g, 'new' from generate_series(30001, 60000) g");
      assertThat(undone(earlier, 9).orElseThrow())
          .extracting(RowDifference::toString)
          .satisfiesExactlyInAnyOrder(
              d -> assertThat(d).startsWith("row (7) differs: v was '").endsWith("is 'x'"),
              d -> assertThat(d).isEqualTo("row (15000) is missing"),
              d -> assertThat(d).startsWith("row (20000) differs: v was '").endsWith("is 'x'"));
      assertThat(undone(earlier, 2).orElseThrow()).hasSize(2);
      db.execute("update a set v = 'y' where id <= 1000 and id > 0");
      List<RowDifference> many = undone(earlier, 500).orElseThrow();
      assertThat(many).hasSize(500);
      assertThat(many).filteredOn(difference -> !difference.cells().isEmpty()).hasSize(5);
    }
  }

  @Test
  void whatIsUndoneIsFoundByTheColumnsThatLasted() throws SQLException {
    createLarge(db);
    try (DatabaseSnapshot earlier = DatabaseSnapshot.open(db.server())) {
      db.execute("alter table a add column w int", "update a set w = 1 where id % 100 = 0");
      assertThat(undone(earlier, 9).orElseThrow()).isEmpty();
      db.execute("update a set v = 'x' where id = 7");
      assertThat(undone(earlier, 9).orElseThrow())
          .extracting(RowDifference::row)
          .containsExactly("(7)");
    }
  }

  @Test
  void whereTheKeyWasDroppedNothingIsKnownOfSingleRows() throws SQLException {
    createLarge(db);
    try (DatabaseSnapshot earlier = DatabaseSnapshot.open(db.server())) {
      db.execute("alter table a drop constraint a_pkey", "update a set v = 'x' where id = 7");
      assertThat(undone(earlier, 9)).isEmpty();
    }
  }

  private static Optional<List<RowDifference>> undone(DatabaseSnapshot earlier, int limit)
      throws SQLException {
    try (DatabaseSnapshot now = DatabaseSnapshot.open(db.server())) {
      TableImage before =
          new TableImage("a", earlier.fingerprint("a"), Optional.empty(), Optional.empty());
      TableImage after =
          new TableImage("a", now.fingerprint("a"), Optional.empty(), Optional.empty());
      return now.undone(earlier, before, after, limit);
    }
  }

  @Test
  void aTableThatIsNotThereOrHasNoCommonKeyIsRefused() throws SQLException {
    original.execute("create table a (id int primary key)", "create table b (id int)");
    db.execute("create table a (id int, x int primary key)", "create table b (id int)");
    assertThatThrownBy(() -> live("c", 9))
        .isInstanceOf(DrillException.class)
        .hasMessageContaining("there is no table c")
        .hasMessageContaining("a, b");
    assertThatThrownBy(() -> live("a", 9))
        .isInstanceOf(DrillException.class)
        .hasMessageContaining("a has the key [id] in one database and [x] in the other");
    assertThatThrownBy(() -> live("b", 9)).isInstanceOf(DrillException.class);
  }

  private static void createLarge(TestDatabase database) throws SQLException {
    database.execute(
        "create table a (id int primary key, v text)",
        "insert into a select g, repeat(md5(g::text), 6) from generate_series(1, %d) g"
            .formatted(ROWS));
  }

  private static DatabaseImage asOriginal(TestDatabase database) throws SQLException {
    try (DatabaseSnapshot snapshot = DatabaseSnapshot.open(database.server())) {
      return snapshot.readAsOriginal();
    }
  }

  private static List<RowDifference> since(DatabaseImage before, String table, int limit)
      throws SQLException {
    try (DatabaseSnapshot snapshot = DatabaseSnapshot.open(db.server())) {
      return snapshot.differences(
          before.tables().get(table), snapshot.read().tables().get(table), limit);
    }
  }

  private static List<RowDifference> live(String table, int limit) throws SQLException {
    try (DatabaseSnapshot expected = DatabaseSnapshot.open(original.server());
        DatabaseSnapshot actual = DatabaseSnapshot.open(db.server())) {
      return actual.differences(expected, table, limit);
    }
  }
}
