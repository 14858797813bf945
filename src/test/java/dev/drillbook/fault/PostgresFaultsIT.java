package dev.drillbook.fault;

import static dev.drillbook.fault.BreakForeignKeys.breakForeignKeys;
import static dev.drillbook.fault.CorruptPage.corruptHeapPage;
import static dev.drillbook.fault.CorruptPage.corruptIndexPage;
import static dev.drillbook.fault.DeleteRows.deleteRows;
import static dev.drillbook.fault.DiskFull.diskFull;
import static dev.drillbook.fault.DropDatabase.dropDatabase;
import static dev.drillbook.fault.DropOwner.dropOwner;
import static dev.drillbook.fault.DropTable.dropTable;
import static dev.drillbook.fault.EncryptRows.encryptRows;
import static dev.drillbook.fault.ExpirePassword.expirePassword;
import static dev.drillbook.fault.Extent.count;
import static dev.drillbook.fault.Extent.percent;
import static dev.drillbook.fault.Kill.kill;
import static dev.drillbook.fault.RevokeLogin.revokeLogin;
import static dev.drillbook.fault.TruncateTable.truncateTable;
import static dev.drillbook.fault.TruncateWal.truncateWal;
import static dev.drillbook.fault.UpdateRows.updateRows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.drillbook.site.Condition;
import dev.drillbook.timeline.DrillException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each fault of a database, on a real one: what it hits, what is left, and that it says so. */
class PostgresFaultsIT {
  @TempDir static Path folder;
  private static FaultSite site;
  private final Deque<ActiveFault> injected = new ArrayDeque<>();

  @BeforeAll
  static void bringUp() throws IOException {
    site = new FaultSite(folder);
  }

  @BeforeEach
  void reset() {
    site.reset();
  }

  @AfterEach
  void heal() {
    injected.forEach(ActiveFault::close);
  }

  @AfterAll
  static void takeDown() {
    site.close();
  }

  private ActiveFault inject(Fault fault) {
    ActiveFault active = fault.inject(site.scene());
    injected.push(active);
    assertThat(active.bite().evidence()).isNotBlank();
    assertThat(active.bite().bit()).as(active.bite().evidence()).isTrue();
    return active;
  }

  @Test
  void deletedRowsAreGoneAndTheRowsThatReferToThemStay() throws SQLException {
    ActiveFault active = inject(deleteRows(site.db(), "customers", percent(10)));
    assertThat(site.number("select count(*) from customers")).isEqualTo(180);
    assertThat(site.number("select count(*) from orders")).isEqualTo(FaultSite.ORDERS);
    assertThat(active.isInForce()).isFalse();
    assertThat(active.hit().get(0)).startsWith("20 rows of \"customers\"");
    assertThat(active.hit())
        .hasSize(21)
        .anyMatch(line -> line.matches("\\(\\d+,\"customer \\d+\".*"));
  }

  @Test
  void theSameSeedHitsTheSameRowsAndAnotherSeedOthers() {
    Fault fault = deleteRows(site.db(), "orders", count(15));
    List<String> first = fault.inject(site.scene(3)).hit();
    assertThat(fault.inject(site.scene(3)).hit()).doesNotContainSequence(first);
    site.db().provision();
    site.site().bringUp();
    assertThat(fault.inject(site.scene(3)).hit()).isEqualTo(first);
    site.site().bringUp();
    assertThat(fault.inject(site.scene(4)).hit()).isNotEqualTo(first);
  }

  @Test
  void updatedRowsHaveTheWrongValue() throws SQLException {
    inject(updateRows(site.db(), "orders", "total", "t.total * 100", count(5)));
    assertThat(site.number("select count(*) from orders where total <> id * 1.25")).isEqualTo(5);
  }

  @Test
  void aValueOfATypeThatCannotBeComparedIsWrong() throws SQLException {
    try (var connection = site.db().connect();
        var statement = connection.createStatement()) {
      statement.execute("alter table t add details json");
      statement.execute("insert into t select g, '{\"a\": 1}' from generate_series(1, 9) g");
    }
    inject(updateRows(site.db(), "t", "details", "'{}'", count(4)));
    assertThat(site.number("select count(*) from t where details::text = '{}'")).isEqualTo(4);
    assertThat(
            updateRows(site.db(), "t", "details", "t.details", count(9))
                .inject(site.scene())
                .bite()
                .bit())
        .isFalse();
  }

  @Test
  void anUpdateThatChangesNothingDoesNotBite() {
    ActiveFault nothing =
        updateRows(site.db(), "orders", "total", "t.total", count(5)).inject(site.scene());
    assertThat(nothing.bite()).isEqualTo(new Bite(false, "0 rows have another value"));
  }

  @Test
  void aTableIsDropped() throws SQLException {
    ActiveFault active = inject(dropTable(site.db(), "customers"));
    assertThat(active.hit()).containsExactly("the table customers with 200 rows");
    assertThat(site.text("select to_regclass('customers')")).isNull();
    assertThatThrownBy(() -> dropTable(site.db(), "customers").inject(site.scene()))
        .isInstanceOf(DrillException.class)
        .hasMessageContaining("could not drop table customers of db")
        .hasMessageContaining("does not exist");
  }

  /**
   * Clients lock in the order of their statements; a DROP locks the table before what it refers to.
   */
  @Test
  void aFaultThatDeadlocksWithClientsIsTriedAgain() throws SQLException {
    try (var client = site.db().administer(site.db().database());
        var statement = client.createStatement()) {
      client.setAutoCommit(false);
      statement.execute("set deadlock_timeout = '60s'");
      statement.execute("lock table customers in row exclusive mode");
      CompletableFuture<ActiveFault> dropping =
          CompletableFuture.supplyAsync(() -> dropTable(site.db(), "orders").inject(site.scene()));
      await()
          .pollInterval(Duration.ofMillis(10))
          .until(() -> site.number("select count(*) from pg_locks where not granted") == 1);
      statement.execute("insert into orders values (5000, 1, 1)");
      client.commit();
      assertThat(dropping.join().bite().bit()).isTrue();
    }
    assertThat(site.text("select to_regclass('orders')")).isNull();
  }

  @Test
  void aTableIsTruncatedAndWhatRefersToIt() throws SQLException {
    inject(truncateTable(site.db(), "customers"));
    assertThat(site.number("select count(*) from customers")).isZero();
    assertThat(site.number("select count(*) from orders")).isZero();
    assertThat(truncateTable(site.db(), "orders").inject(site.scene()).bite().bit()).isFalse();
  }

  @Test
  void theDatabaseIsDroppedThoughSomebodyIsConnected() throws Exception {
    try (var connection = site.db().connect()) {
      inject(dropDatabase(site.db()));
      assertThat(connection.isValid(1)).isFalse();
    }
    assertThatThrownBy(() -> site.db().connect()).hasMessageContaining("does not exist");
  }

  @Test
  void foreignKeysAreBroken() throws SQLException {
    ActiveFault active = inject(breakForeignKeys(site.db(), count(3)));
    assertThat(active.bite().evidence()).isEqualTo("15 rows of orders refer to nothing");
    assertThat(
            site.number(
                "select count(*) from orders o where not exists"
                    + " (select 1 from customers c where c.id = o.customer_id)"))
        .isEqualTo(15);
    assertThat(site.number("select count(*) from customers")).isEqualTo(197);
  }

  @Test
  void aDatabaseWithoutOrphansInReachIsRefused() throws SQLException {
    truncateTable(site.db(), "orders").inject(site.scene());
    assertThatThrownBy(() -> breakForeignKeys(site.db(), count(3)).inject(site.scene()))
        .hasMessageContaining("no foreign key that a row uses");
  }

  @Test
  void encryptedTextsAreUnreadableAndKeysAreNot() throws SQLException {
    ActiveFault active = inject(encryptRows(site.db(), "customers", percent(50)));
    assertThat(active.hit()).contains("columns: \"name\", \"note\"");
    assertThat(site.number("select count(*) from customers where name not like 'customer %'"))
        .isEqualTo(100);
    assertThat(site.number("select count(distinct name) from customers")).isEqualTo(200);
    assertThat(site.number("select count(*) from customers where city like 'city %'"))
        .isEqualTo(200);
    assertThat(site.number("select count(*) from customers where (note is null) <> (id % 2 = 1)"))
        .isZero();
    assertThatThrownBy(() -> encryptRows(site.db(), "orders", percent(50)).inject(site.scene()))
        .hasMessageContaining("orders has no column of unlimited text");
  }

  @Test
  void aHeapPageIsGarbage() {
    ActiveFault active = inject(corruptHeapPage(site.db(), "orders"));
    assertThat(active.bite().evidence()).contains("invalid page in block");
    assertThatThrownBy(() -> site.number("select sum(total) from orders"))
        .hasMessageContaining("invalid page in block");
  }

  @Test
  void aServerThatDoesNotAnswerIsNoCorruptPage() {
    ActiveFault active = inject(corruptHeapPage(site.db(), "orders"));
    site.db().kill();
    assertThat(active.bite().bit()).as(active.bite().evidence()).isFalse();
  }

  @Test
  void anIndexOfExpressionsIsNotChosen() throws SQLException {
    try (var connection = site.db().connect();
        var statement = connection.createStatement()) {
      statement.execute("alter table t drop constraint t_pkey; create index on t ((id + 1))");
      statement.execute("insert into t values (1)");
    }
    assertThatThrownBy(() -> corruptIndexPage(site.db(), "t").inject(site.scene()))
        .hasMessageContaining("t has no B-tree index of plain columns");
  }

  @Test
  void anIndexPageIsGarbage() throws SQLException {
    ActiveFault active = inject(corruptIndexPage(site.db(), "orders"));
    assertThat(active.hit().get(0)).contains("of orders_pkey");
    assertThat(active.bite().evidence()).contains("invalid page in block");
    assertThat(site.number("select sum(total) from orders")).isPositive();
  }

  /** Segments that were taken again stand ready under later names, full of what was in them. */
  @Test
  void theWalIsCutOffBeforeTheEndOfWhatWasWritten() throws SQLException {
    assertThatThrownBy(() -> truncateWal(site.db()).inject(site.scene()))
        .hasMessageContaining("db runs");
    for (int segment = 0; segment < 4; segment++) {
      site.text("with w as (insert into t values (" + segment + ") returning id) select id from w");
      site.text("select pg_switch_wal()");
    }
    try (var admin = site.db().administer("postgres");
        var statement = admin.createStatement()) {
      statement.execute("checkpoint");
    }
    site.text("with w as (insert into t values (9) returning id) select id from w");
    String end = "pg_walfile_name_offset(pg_current_wal_insert_lsn())";
    String segment = site.text("select file_name from " + end);
    long written = Long.parseLong(site.text("select file_offset from " + end));
    assertThat(Collections.max(site.db().files().list("pg_wal")))
        .as("a segment that waits")
        .isGreaterThan("pg_wal/" + segment);
    inject(kill(site.db()));
    ActiveFault active = inject(truncateWal(site.db()));
    assertThat(active.hit().get(0))
        .matches("pg_wal/" + segment + ": \\d+ of \\d+ bytes are left, of which \\d+ were .*");
    assertThat(site.db().files().size("pg_wal/" + segment)).isLessThan(written);
  }

  @Test
  void aRoleThatMayNotLogInAnyMoreMayAgainOnceItIsHealed() throws SQLException {
    try (var before = site.db().connect()) {
      ActiveFault active = inject(revokeLogin(site.db()));
      assertThat(active.bite().evidence()).contains("not permitted to log in");
      assertThat(before.isValid(1)).isFalse();
      site.db().kill();
      assertThat(active.bite().bit()).as("a server that is down refuses no login").isFalse();
      site.db().start();
      active.close();
    }
    assertThat(site.number("select 1")).isEqualTo(1);
  }

  @Test
  void anExpiredPasswordIsRefusedUntilItIsHealed() throws SQLException {
    ActiveFault active = inject(expirePassword(site.db()));
    assertThatThrownBy(() -> site.db().connect())
        .hasMessageContaining("password authentication failed");
    active.close();
    assertThat(site.number("select 1")).isEqualTo(1);
  }

  @Test
  void aLoginOfADatabaseThatIsDownIsGivenBackOnceItRuns() throws SQLException {
    ActiveFault active = inject(revokeLogin(site.db()));
    site.db().kill();
    active.close();
    assertThat(active.isInForce()).isTrue();
    site.db().start();
    assertThatThrownBy(() -> site.db().connect()).hasMessageContaining("not permitted to log in");
    active.close();
    assertThat(active.isInForce()).isFalse();
    assertThat(site.number("select 1")).isEqualTo(1);
  }

  @Test
  void theOwnerIsDroppedAndTheDataStays() throws SQLException {
    try (var before = site.db().connect()) {
      ActiveFault active = inject(dropOwner(site.db()));
      assertThat(active.bite().evidence()).contains("authentication failed");
      assertThat(before.isValid(1)).as("a session from before").isFalse();
    }
    assertThat(site.text("select count(*) from customers")).isEqualTo("200");
    assertThat(site.text("select count(*) from pg_roles where rolname = 'clerk'")).isEqualTo("0");
  }

  /** As root; anybody else is told why not. */
  @Test
  void aFullDiskTakesNoWritesUntilItHasRoomAgain() throws SQLException {
    if (!System.getProperty("user.name").equals("root")) {
      assertThatThrownBy(() -> diskFull(site.db()).inject(site.scene()))
          .hasMessageContaining("no small disk can be made here");
      assertThat(site.number("select count(*) from orders")).isEqualTo(FaultSite.ORDERS);
      return;
    }
    ActiveFault active = inject(diskFull(site.db()));
    String write = "insert into t select g from generate_series(1, 3000000) g";
    assertThatThrownBy(
            () -> site.text("with w as (" + write + " returning 1) select count(*) from w"))
        .isInstanceOf(SQLException.class);
    active.close();
    assertThat(active.bite().bit()).isFalse();
    if (site.db().condition() == Condition.DOWN) {
      site.db().start(); // Without room for WAL a server ends itself.
    }
    assertThat(site.number("select count(*) from orders")).isEqualTo(FaultSite.ORDERS);
    site.text("with w as (insert into t values (1) returning id) select id from w");

    ActiveFault again = inject(diskFull(site.db()));
    again.close();
    if (site.db().condition() == Condition.DOWN) {
      site.db().start();
    }
    assertThat(site.number("select count(*) from orders")).isEqualTo(FaultSite.ORDERS);
  }

  @Test
  void nothingIsHalfDoneWhereTheServerRefuses() throws SQLException {
    assertThatThrownBy(
            () ->
                updateRows(site.db(), "orders", "total", "no such column", count(5))
                    .inject(site.scene()))
        .isInstanceOf(DrillException.class);
    assertThatThrownBy(() -> deleteRows(site.db(), "nothing", count(5)).inject(site.scene()))
        .hasMessageContaining("\"nothing\" does not exist");
    assertThat(site.number("select count(*) from orders where total = id * 1.25"))
        .isEqualTo(FaultSite.ORDERS);
  }
}
