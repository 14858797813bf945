package dev.drillbook.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drillbook.site.Postgres;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A snapshot holds still while the database goes on. */
class DatabaseSnapshotIT {
  @RegisterExtension static final TestDatabase db = new TestDatabase();

  @Test
  void anImageHoldsEveryTableAndTheRowsOfSmallOnesByTheirKey() throws SQLException {
    db.execute(
        "create schema other",
        "create table other.\"Odd Name\" (a int, b text, v text, primary key (b, a))",
        "insert into other.\"Odd Name\" values (1, 'x, \"y\"', 'v'), (2, 'x', 'v')",
        "create table \"order\" (id int)",
        "create table other.\"a.b\" (id int)",
        "create table nokey (v text)",
        "insert into nokey values ('x')",
        "create table parts (id int) partition by range (id)",
        "create table parts_low partition of parts for values from (0) to (10)",
        "insert into parts values (1), (2)");
    DatabaseImage image = db.image();
    assertThat(image.tables())
        .containsOnlyKeys("nokey", "order", "other.Odd Name", "other.\"a.b\"", "parts");
    assertThat(image.rows()).isEqualTo(5);
    assertThat(image.tables().get("other.Odd Name").kept().orElseThrow().rows())
        .containsOnlyKeys(List.of("x, \"y\"", "1"), List.of("x", "2"));
    assertThat(image.tables().get("nokey").kept().orElseThrow().key()).isEmpty();
  }

  @Test
  void aSnapshotDoesNotSeeLaterWrites() throws SQLException {
    db.execute("create table a (id int primary key, v text)", "insert into a values (1, 'old')");
    DatabaseImage before = db.image();
    try (DatabaseSnapshot snapshot = DatabaseSnapshot.open(db.server())) {
      db.execute("update a set v = 'new'", "insert into a values (2, 'new')");
      db.execute("create table later (id int)");
      assertThat(snapshot.read()).isEqualTo(before);
      assertThat(snapshot.read()).isEqualTo(before);
    }
    assertThat(db.image()).isNotEqualTo(before);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "truncate a | a",
        "truncate low | parts",
        "alter table a alter id type bigint | a",
        "truncate a; insert into a values (1, 'old') | a",
        "truncate bare | ",
        "vacuum full a | ",
        "cluster a using a_pkey | ",
        "delete from a | ",
        "alter table a add column w int | ",
      })
  void aTableWhoseRowsAreGoneFromTheSnapshotTooIsNamed(String change, String replaced)
      throws SQLException {
    db.execute(
        "create table a (id int primary key, v text)",
        "create table bare (id int)",
        "create table parts (id int) partition by range (id)",
        "create table low partition of parts for values from (0) to (10)",
        "insert into a values (1, 'old')",
        "insert into parts values (1)");
    try (DatabaseSnapshot snapshot = DatabaseSnapshot.open(db.server())) {
      snapshot.schema();
      db.execute(change);
      assertThat(snapshot.read().replaced())
          .isEqualTo(replaced == null ? Set.of() : Set.of(replaced));
    }
    assertThat(db.image().replaced()).isEmpty();
  }

  @Test
  void allThatReadALargeTableSeeTheSameSnapshot() throws SQLException {
    db.execute(
        "create table a (id int primary key, v text)",
        "insert into a select g, repeat(md5(g::text), 40) from generate_series(1, 20000) g");
    Fingerprint before = db.fingerprint("a");
    try (DatabaseSnapshot snapshot = DatabaseSnapshot.open(db.server())) {
      db.execute("update a set v = 'new' where id % 2 = 0", "delete from a where id % 3 = 0");
      db.execute("insert into a select g, 'new' from generate_series(20001, 30000) g");
      TableImage seen = snapshot.readAsOriginal().tables().get("a");
      assertThat(seen.fingerprint()).isEqualTo(before);
      assertThat(
              seen.nodes().orElseThrow().leaves().stream()
                  .map(Nodes.Sums::fingerprint)
                  .reduce(Fingerprint.OF_NOTHING, Fingerprint::plus))
          .isEqualTo(before);
      assertThat(db.fingerprint("a")).isNotEqualTo(before);
    }
  }

  @Test
  void aTableIsReadAlsoWhereTheServerGrantsNoSecondConnection() throws SQLException {
    db.execute(
        "create table a (id int primary key, v text)",
        "insert into a select g, repeat(md5(g::text), 40) from generate_series(1, 20000) g");
    try (DatabaseSnapshot one = DatabaseSnapshot.open(grantingOneConnection());
        DatabaseSnapshot several = DatabaseSnapshot.open(db.server())) {
      assertThat(one.readAsOriginal()).isEqualTo(several.readAsOriginal());
    }
  }

  private static Postgres grantingOneConnection() {
    AtomicInteger granted = new AtomicInteger();
    return (Postgres)
        Proxy.newProxyInstance(
            Postgres.class.getClassLoader(),
            new Class<?>[] {Postgres.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("connect") && granted.incrementAndGet() > 1) {
                throw new SQLException("too many connections for role");
              }
              return method.invoke(db.server(), arguments);
            });
  }

  @Test
  void aSnapshotTellsWhetherItHoldsExactlyTheExpectedRows() throws SQLException {
    db.execute("create table a (id int primary key, v text)", "insert into a values (1, 'old')");
    DatabaseImage expected = db.image();
    assertThat(holds(expected, Duration.ofSeconds(30))).isTrue();
    db.execute("update a set v = 'new'");
    assertThat(holds(expected, Duration.ofSeconds(30))).isFalse();
    db.execute("insert into a values (2, 'new')");
    assertThat(holds(expected, Duration.ofSeconds(30))).isFalse();
    db.execute("create table b (id int)");
    assertThat(holds(expected, Duration.ofSeconds(30))).isFalse();
  }

  @Test
  void aLookThatTakesTooLongIsGivenUp() throws SQLException {
    db.execute(
        "create table a (id int)", "insert into a select n from generate_series(1, 100000) as n");
    DatabaseImage expected = db.image();
    assertThatThrownBy(() -> holds(expected, Duration.ofMillis(1)))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("statement timeout");
  }

  @Test
  void aSessionThatTheServerEndedDoesNotLive() throws SQLException {
    try (DatabaseSnapshot snapshot = DatabaseSnapshot.open(db.server())) {
      assertThat(snapshot.lives()).isTrue();
      db.execute(
          "select pg_terminate_backend(pid) from pg_stat_activity"
              + " where pid <> pg_backend_pid() and usename = current_user");
      assertThat(snapshot.lives()).isFalse();
    }
  }

  private static boolean holds(DatabaseImage expected, Duration limit) throws SQLException {
    try (DatabaseSnapshot snapshot = DatabaseSnapshot.open(db.server())) {
      return snapshot.holds(expected, limit);
    }
  }
}
