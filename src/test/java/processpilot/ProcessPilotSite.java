package processpilot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillbook.plan.DrillPlan;
import dev.drillbook.plan.PlanLoader;
import dev.drillbook.site.Command;
import dev.drillbook.site.Postgres;
import dev.drillbook.site.Transcript;
import dev.drillbook.site.embedded.EmbeddedSite;
import dev.drillbook.site.embedded.Installations;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * ProcessPilot's database on a site of this machine, with a superuser "dba" as whom the runbook's
 * operator works.
 */
final class ProcessPilotSite implements AutoCloseable {
  static final Path PLAN = Path.of("drills/processpilot/plan.yaml");
  static final String TOKEN = "pp-seed-token-1";
  private static final String DBA_PASSWORD = "correct-horse-battery";

  private final EmbeddedSite site;
  private final Postgres db;

  private ProcessPilotSite(EmbeddedSite site) {
    this.site = site;
    this.db = site.postgres("db");
  }

  static ProcessPilotSite up() throws SQLException {
    DrillPlan plan = PlanLoader.load(PLAN);
    ProcessPilotSite up =
        new ProcessPilotSite(
            EmbeddedSite.create(plan, 1, Installations.ofThisMachine(System.getenv(), said -> {})));
    up.site.bringUp();
    execute(up.db, "postgres", "create role dba superuser login password '" + DBA_PASSWORD + "'");
    return up;
  }

  Postgres db() {
    return db;
  }

  Postgres newProvider() {
    return site.postgres("new-provider");
  }

  /** A copy of the database in the same server, for one test to break. */
  String copy(String name) throws SQLException {
    execute(
        db,
        "postgres",
        "create database " + name + " template " + db.database() + " owner " + db.role());
    return name;
  }

  /** As the operator at the database's host, who is a superuser. */
  Shell operator(Path folder, String database) {
    Map<String, String> environment = new HashMap<>(environment(db));
    environment.putAll(Map.of("PGUSER", "dba", "PGPASSWORD", DBA_PASSWORD, "PGDATABASE", database));
    return new Shell(folder, environment);
  }

  /** What the scripts of {@code server} are given. */
  static Map<String, String> environment(Postgres server) {
    return server.script("migrate.sh").environment().get();
  }

  /** A backend's, that is to use {@code database} of {@code server}. */
  static Map<String, String> backend(Postgres server, String database) {
    Map<String, String> its = environment(server);
    return Map.of(
        "DATABASE_HOST", its.get("PGHOST"),
        "DATABASE_PORT", its.get("PGPORT"),
        "DATABASE_DATABASE", database,
        "DATABASE_USER", its.get("PGUSER"),
        "DATABASE_PASSWORD", its.get("PGPASSWORD"));
  }

  void run(Command command) throws Exception {
    command.perform(new Transcript(site.secrets()), Duration.ofMinutes(2));
  }

  static void execute(Postgres server, String database, String sql) throws SQLException {
    try (Connection connection = server.administer(database);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  static long number(Postgres server, String database, String query) throws SQLException {
    try (Connection connection = server.administer(database);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }

  @Override
  public void close() {
    site.close();
    assertThat(site.leftovers()).isEmpty();
  }
}
