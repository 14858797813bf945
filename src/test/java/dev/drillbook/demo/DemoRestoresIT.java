package dev.drillbook.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drillbook.plan.DrillPlan;
import dev.drillbook.plan.PlanLoader;
import dev.drillbook.plan.RestoreCheck.Assertion;
import dev.drillbook.site.Command;
import dev.drillbook.site.Postgres;
import dev.drillbook.site.Transcript;
import dev.drillbook.site.embedded.EmbeddedSite;
import dev.drillbook.timeline.DrillException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Good backups restore without an error, and bad ones do what is said of them. */
@ExtendWith(MadeDemo.Once.class)
class DemoRestoresIT {
  private static final String ONE_MORE_ORDER =
      "insert into orders (customer_id, state, note, session, created_at)"
          + " values (1, 'placed', '', '', now()) returning id";

  private static MadeDemo made;
  private static DrillPlan plan;
  private static EmbeddedSite site;
  private static Postgres db;

  @TempDir Path scratch;

  @BeforeAll
  static void start(MadeDemo given) {
    made = given;
    plan = PlanLoader.load(given.demo().plan(Form.DUMP));
    site = EmbeddedSite.create(plan, 1, MadeDemo.PROGRAMS);
    db = site.postgres("db");
  }

  @AfterAll
  static void close() {
    site.close();
    assertThat(site.leftovers()).isEmpty();
  }

  @BeforeEach
  void newServer() {
    db.provision();
  }

  private static String sql(Assertion assertion) {
    return ((Assertion.Rows) assertion).sql();
  }

  @Test
  void aGoodDumpRestoresAsTheShopsOwnRole() throws Exception {
    createRoles(made.demo().good(Form.DUMP));
    assertThat(restored(made.goodNewest(Form.DUMP))).isEmpty();
    for (Assertion assertion : assertions()) {
      assertThat(query(sql(assertion))).as(assertion.id()).isEmpty();
    }
    assertThat(query("select max(created_at) > '2026-03-18 00:00+00' from orders"))
        .containsExactly("t");
    assertThat(query("select tableowner from pg_tables where schemaname = 'reports'"))
        .containsExactly("shop_reports");
    assertThat(query("select count(*) from gift_cards")).containsExactly("0");
    assertThat(query(ONE_MORE_ORDER)).hasSize(1);
  }

  @Test
  void goodSqlRestoresAsTheShopsOwnRole() throws Exception {
    createRoles(made.demo().good(Form.SQL));
    assertThat(played(made.goodNewest(Form.SQL))).isEmpty();
    assertThat(query("select count(*) > 400 from orders")).containsExactly("t");
  }

  @Test
  void rowsDangleWithoutTheForeignKey() throws Exception {
    createRoles(made.demo().bad(BadBackup.BROKEN_FOREIGN_KEY));
    assertThat(restored(made.newest(BadBackup.BROKEN_FOREIGN_KEY))).isEmpty();
    for (Assertion assertion : assertions()) {
      boolean broken = assertion.id().equals("lines-without-product");
      assertThat(query(sql(assertion)).isEmpty()).as(assertion.id()).isEqualTo(!broken);
    }
  }

  @Test
  void ordersFailBehindTheirSequence() throws Exception {
    createRoles(made.demo().bad(BadBackup.SEQUENCE_BEHIND));
    assertThat(restored(made.newest(BadBackup.SEQUENCE_BEHIND))).isEmpty();
    assertThatThrownBy(() -> query(ONE_MORE_ORDER))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("orders_pkey");
  }

  @Test
  void theOwnerOfATableIsMissing() throws Exception {
    createRoles(made.demo().bad(BadBackup.MISSING_ROLE));
    assertThat(restored(made.newest(BadBackup.MISSING_ROLE)))
        .anyMatch(line -> line.contains("role \"shop_reports\" does not exist"));
  }

  @Test
  void psqlReportsAnErrorAndExitsWithZero() throws Exception {
    createRoles(made.demo().bad(BadBackup.ERRORS_EXIT_0));
    assertThat(played(made.newest(BadBackup.ERRORS_EXIT_0)))
        .singleElement()
        .asString()
        .contains("extension \"shop_search\" is not available");
    assertThat(query("select count(*) > 400 from orders")).containsExactly("t");
  }

  @Test
  void psqlRunsWhatItIsToldTo() throws Exception {
    createRoles(made.demo().bad(BadBackup.PSQL_SHELL_ESCAPE));
    assertThat(played(made.newest(BadBackup.PSQL_SHELL_ESCAPE))).isEmpty();
    Path left = made.demo().escaped().resolve(BadBackup.PSQL_SHELL_ESCAPE.id());
    assertThat(left).exists();
    Files.delete(left);
  }

  @Test
  void theServerRunsNothingForTheShopsOwnRole() throws Exception {
    createRoles(made.demo().bad(BadBackup.COPY_PROGRAM));
    assertThat(played(made.newest(BadBackup.COPY_PROGRAM)))
        .singleElement()
        .asString()
        .containsPattern("pg_execute_server_program|permission denied");
    assertThat(made.demo().escaped()).isEmptyDirectory();
  }

  private static List<Assertion> assertions() {
    return plan.restoreChecks().get(DemoBackups.POLICY).assertions();
  }

  /**
   * What the globals of the newest night create, but for what a server has that was provisioned.
   */
  private static void createRoles(Path catalogue) throws IOException, SQLException {
    String globals =
        Files.readString(catalogue.resolve("globals_" + MadeDemo.NEWEST + ".sql"))
            .lines()
            .filter(
                line -> !line.startsWith("\\") && !line.matches("(CREATE|ALTER) ROLE shop[; ].*"))
            .collect(Collectors.joining("\n"));
    try (Connection admin = db.administer("postgres");
        Statement statement = admin.createStatement()) {
      statement.execute(globals);
    }
  }

  private static List<String> restored(Path dump) throws InterruptedException {
    return errors(db.tool("pg_restore", "--dbname=" + db.database(), dump.toString()));
  }

  private List<String> played(Path zipped) throws IOException, InterruptedException {
    Path sql = scratch.resolve("sql");
    Files.writeString(sql, Damage.gunzipped(Files.readAllBytes(zipped)));
    Transcript transcript = new Transcript(site.secrets());
    db.tool("psql", "--no-psqlrc", "--quiet", "--file=" + sql)
        .perform(transcript, Duration.ofMinutes(1));
    return transcript.errorLines();
  }

  private static List<String> errors(Command command) throws InterruptedException {
    Transcript transcript = new Transcript(site.secrets());
    try {
      command.perform(transcript, Duration.ofMinutes(1));
    } catch (DrillException e) {
      assertThat(transcript.errorLines()).as(e.getMessage()).isNotEmpty();
    }
    return transcript.errorLines();
  }

  private static List<String> query(String sql) throws SQLException {
    List<String> found = new ArrayList<>();
    try (Connection shop = db.connect();
        Statement statement = shop.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        found.add(rows.getString(1));
      }
    }
    return found;
  }
}
