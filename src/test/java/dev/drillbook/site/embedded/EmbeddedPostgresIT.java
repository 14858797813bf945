package dev.drillbook.site.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.drillbook.plan.DrillPlan;
import dev.drillbook.site.Command;
import dev.drillbook.site.Postgres;
import dev.drillbook.site.Transcript;
import dev.drillbook.timeline.DrillException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresIT {
  private static final String SCHEMA = "create table t (id bigint primary key, v text);";
  private static final Installations PROGRAMS =
      Installations.ofThisMachine(System.getenv(), said -> {});

  @TempDir Path planFolder;
  private EmbeddedSite site;

  @AfterEach
  void close() {
    if (site != null) {
      site.close();
      assertThat(site.leftovers()).isEmpty();
    }
  }

  @Test
  void aServerLivesThroughWhatADrillDoesToIt() throws Exception {
    Postgres db = create(TestPlans.oneDatabase(planFolder, SCHEMA)).postgres("db");
    assertThatThrownBy(db::start)
        .isInstanceOf(DrillException.class)
        .hasMessageContaining("db has no data directory")
        .hasMessageContaining("provision a new server first");
    assertThatThrownBy(db::kill).hasMessageContaining("db cannot be killed: it does not run");
    assertThatThrownBy(db::pause).hasMessageContaining("db cannot be paused: it does not run");

    site.bringUp();
    write(db, 1);
    write(db, 2);
    assertThat(db.describe()).isEqualTo("db: " + PROGRAMS.postgres("db").describe());

    db.start();
    assertThat(rows(db)).as("a start of what runs does nothing").isEqualTo(2);

    db.stop();
    db.stop();
    assertThatThrownBy(db::connect).isInstanceOf(SQLException.class);
    db.start();
    assertThat(rows(db)).as("a stop in good order keeps the data").isEqualTo(2);

    write(db, 3);
    db.kill();
    assertThat(runningProcesses()).isEmpty();
    assertThatThrownBy(db::connect).isInstanceOf(SQLException.class);
    db.start();
    assertThat(rows(db)).as("a kill keeps what was acknowledged").isEqualTo(3);

    db.kill();
    db.destroyData();
    assertThatThrownBy(db::start).hasMessageContaining("is missing or empty");
    db.provision();
    assertThat(tables(db)).as("a new server is empty").isEmpty();
    db.provision();
    assertThat(tables(db)).as("what runs can be replaced, too").isEmpty();
  }

  @Test
  void aPausedServerKeepsItsConnectionsAndAnswersNothing() throws Exception {
    Postgres db = create(TestPlans.oneDatabase(planFolder, SCHEMA)).postgres("db");
    site.bringUp();
    ExecutorService client = Executors.newSingleThreadExecutor();
    try (Connection connection = db.connect();
        Statement statement = connection.createStatement()) {
      db.pause();
      assertThat(states()).isNotEmpty().allMatch(state -> state.equals("T"));
      Future<Boolean> answer = client.submit(() -> statement.execute("select 1"));
      db.resume();
      assertThat(answer.get()).isTrue();
      assertThat(states()).doesNotContain("T");
    } finally {
      client.shutdownNow();
    }
  }

  @Test
  void durabilityIsThatOfProductionAndNobodyIsRoot() throws Exception {
    Postgres db = create(TestPlans.oneDatabase(planFolder, SCHEMA)).postgres("db");
    site.bringUp();
    for (String setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
      assertThat(query(db, "show " + setting)).as(setting).containsExactly("on");
    }
    assertThat(query(db, "show listen_addresses")).containsExactly("127.0.0.1");
    assertThat(query(db, "select rolsuper from pg_roles where rolname = current_user"))
        .as("the application's role is no superuser")
        .containsExactly("f");

    ProcessHandle server = runningProcesses().get(0);
    Path process = Path.of("/proc", Long.toString(server.pid()));
    boolean ownNamespace =
        !Files.readSymbolicLink(process.resolve("ns/user"))
            .equals(Files.readSymbolicLink(Path.of("/proc/self/ns/user")));
    String effectiveUid =
        Files.readString(process.resolve("status"))
            .lines()
            .filter(line -> line.startsWith("Uid:"))
            .map(line -> line.split("\\s+", -1)[2])
            .collect(Collectors.joining());
    assertThat(ownNamespace || !effectiveUid.equals("0")).isTrue();
    if (ownNamespace) {
      assertThat(Files.readString(process.resolve("uid_map")))
          .as("root of this machine is nobody in there")
          .isBlank();
    }
  }

  @Test
  void aWrongPasswordIsAClearError() throws Exception {
    DrillPlan plan = TestPlans.oneDatabase(planFolder, SCHEMA);
    FakePrograms.script(
        planFolder.resolve("scripts"), "wrong.sh", "PGPASSWORD=wrong exec psql -c 'select 1'");
    FakePrograms.script(planFolder.resolve("scripts"), "right.sh", "exec psql -Atc 'select 42'");
    Postgres db = create(plan).postgres("db");
    site.bringUp();

    assertThatThrownBy(() -> db.script("wrong.sh").perform())
        .isInstanceOfSatisfying(
            DrillException.class,
            e -> {
              assertThat(e.problem()).contains("password authentication failed for user \"clerk\"");
              assertThat(e.hint()).contains("the password is wrong for this role");
            });
    Transcript transcript = new Transcript(site.secrets());
    db.script("right.sh").perform(transcript, Duration.ofMinutes(1));
    assertThat(transcript.tail(1)).containsExactly("42");
  }

  @Test
  void aScriptIsToldWhereTheDatabaseAndTheBackupsAreAndItsPasswordIsBlanked() throws Exception {
    DrillPlan plan = TestPlans.oneDatabase(planFolder, SCHEMA);
    FakePrograms.script(
        planFolder.resolve("scripts"),
        "tell.sh",
        "echo $PGHOST $PGDATABASE $PGUSER $PGPASSWORD; test -d \"$BACKUP_DIR\" && echo $BACKUP_DIR");
    Postgres db = create(plan).postgres("db");
    Transcript transcript = new Transcript(site.secrets());
    db.script("tell.sh").perform(transcript, Duration.ofMinutes(1));
    assertThat(transcript.tail(2))
        .containsExactly(
            "127.0.0.1 tiny clerk ********", site.backupFolder(plan.backups().get(0)).toString());
    assertThatThrownBy(() -> db.script("none.sh"))
        .isInstanceOf(DrillException.class)
        .hasMessageContaining("none.sh does not exist");
  }

  @Test
  void nothingInTheOperatorsEnvironmentLeadsAScriptToAnotherServer() throws Exception {
    DrillPlan plan = TestPlans.oneDatabase(planFolder, SCHEMA);
    FakePrograms.script(
        planFolder.resolve("scripts"),
        "where.sh",
        "psql -Atc 'select inet_server_port()'; env | grep ^PG");
    Map<String, String> operator = new HashMap<>(System.getenv());
    operator.putAll(
        Map.of(
            "PGSERVICE", "production",
            "PGHOSTADDR", "192.0.2.1",
            "PGOPTIONS", "-c search_path=elsewhere",
            "PGSSLMODE", "verify-full"));
    site = EmbeddedSite.create(plan, 1, PROGRAMS, operator);
    Postgres db = site.postgres("db");
    site.bringUp();

    Transcript transcript = new Transcript(site.secrets());
    db.script("where.sh").perform(transcript, Duration.ofMinutes(1));
    assertThat(transcript.find(Transcript.Stream.OUT, Pattern.compile("")))
        .contains(query(db, "show port").get(0))
        .noneMatch(line -> line.matches("PG(SERVICE|HOSTADDR|OPTIONS|SSLMODE)=.*"));
  }

  @Test
  void aPsqlThatReachesAnotherServerStopsTheDrill() throws Exception {
    DrillPlan plan = TestPlans.oneDatabase(planFolder, SCHEMA);
    try (EmbeddedSite production = EmbeddedSite.create(plan, 1, PROGRAMS)) {
      EmbeddedPostgres foreign = (EmbeddedPostgres) production.postgres("db");
      production.bringUp();
      Map<String, String> there = foreign.scriptEnvironment();
      Path startUp =
          Files.writeString(
              planFolder.resolve("psqlrc"),
              "\\connect \"host=127.0.0.1 port=%s dbname=tiny user=clerk password=%s\"\n"
                  .formatted(there.get("PGPORT"), there.get("PGPASSWORD")));
      Map<String, String> operator = new HashMap<>(System.getenv());
      operator.put("PSQLRC", startUp.toString());
      site = EmbeddedSite.create(plan, 1, PROGRAMS, operator);

      Postgres db = site.postgres("db");
      assertThatThrownBy(db::provision)
          .isInstanceOf(DrillException.class)
          .hasMessageContaining(
              "psql with the scripts' environment reaches another server than db");
    }
  }

  @Test
  void aPortThatIsTakenIsAClearError() throws Exception {
    int port = new FreePorts().next();
    create(TestPlans.onPort(planFolder, port)).postgres("db");
    try (ServerSocket other = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      assertThat(other.isBound()).isTrue();
      assertThatThrownBy(site::bringUp)
          .isInstanceOfSatisfying(
              DrillException.class,
              e -> {
                assertThat(e.problem())
                    .contains("db cannot be reached by clients on 127.0.0.1:" + port);
                assertThat(e.hint()).contains("another process has the port");
              });
    }
    site.bringUp();
    try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
      assertThat(client.isConnected()).isTrue();
    }
  }

  @Test
  void aSchemaThatFailsIsAnErrorThatRepeatsTheMessage() throws Exception {
    create(TestPlans.oneDatabase(planFolder, "create table t (id nonsense);")).postgres("db");
    assertThatThrownBy(site::bringUp)
        .isInstanceOf(DrillException.class)
        .hasMessageContaining("schema.sql failed with exit code 3")
        .hasMessageContaining("type \"nonsense\" does not exist");
  }

  @Test
  void closingLeavesNoProcessAndNoFolder() throws Exception {
    Set<String> before = sharedMemory();
    Postgres db = create(TestPlans.oneDatabase(planFolder, SCHEMA)).postgres("db");
    site.bringUp();
    List<ProcessHandle> processes = runningProcesses();
    assertThat(processes).hasSizeGreaterThan(3);
    Path folder = site.folder();
    assertThat(folder).exists();
    db.kill();
    db.provision();
    Set<String> sharedMemory = sharedMemory();

    site.close();
    assertThat(site.leftovers()).isEmpty();
    assertThat(sharedMemory).as("left by servers that were killed").isEqualTo(before);
    await().until(() -> processes.stream().noneMatch(Signals::isRunning));
    assertThat(folder).doesNotExist();
    assertThatThrownBy(db::provision)
        .isInstanceOf(DrillException.class)
        .hasMessageContaining("the site is closed");
    assertThat(folder).doesNotExist();
  }

  private static Set<String> sharedMemory() {
    String[] files =
        Path.of("/dev/shm").toFile().list((folder, name) -> name.startsWith("Postgre"));
    return files == null ? Set.of() : Set.of(files);
  }

  @Test
  void aScriptThatIsStartedOnAClosedSiteIsEnded() throws Exception {
    DrillPlan plan = TestPlans.oneDatabase(planFolder, SCHEMA);
    FakePrograms.script(planFolder.resolve("scripts"), "slow.sh", "exec sleep 600");
    Command script = create(plan).postgres("db").script("slow.sh");
    site.close();

    assertThatThrownBy(script::perform)
        .isInstanceOf(DrillException.class)
        .hasMessageContaining("the site is closed");
    assertThat(ProcessHandle.current().children())
        .filteredOn(child -> worksIn(child, planFolder.toString()))
        .noneMatch(Signals::isRunning);
    assertThat(site.folder()).doesNotExist();
  }

  @Test
  void aKeptSiteStaysAndSaysHowToReachAndEndIt() throws Exception {
    Postgres db = create(TestPlans.oneDatabase(planFolder, SCHEMA)).postgres("db");
    site.bringUp();
    List<ProcessHandle> processes = runningProcesses();
    Path folder = site.folder();
    try {
      site.keep();
      String howTo = site.howToConnect();
      assertThat(site.secrets()).noneMatch(howTo::contains);
      site.close();

      assertThat(rows(db)).isZero();
      assertThat(howTo).contains("psql", "rm -rf " + folder, "kill -9 " + processes.get(0).pid());
      String psql = howTo.lines().findFirst().orElseThrow();
      String command = psql.substring(psql.indexOf("PGPASSFILE=")) + " -Atc 'select 42'";
      ToolCommand shell =
          new ToolCommand(
              List.of("sh", "-c", command), Map.of(), planFolder, Duration.ofMinutes(1));
      assertThat(shell.output()).isEqualTo("42\n");
    } finally {
      Signals.killTree(processes.get(0));
      SiteFolder.deleteTree(folder);
    }
  }

  private EmbeddedSite create(DrillPlan plan) {
    site = EmbeddedSite.create(plan, 1, PROGRAMS);
    return site;
  }

  /** The server's processes, the postmaster first: those that run with a file of the site open. */
  private List<ProcessHandle> runningProcesses() {
    String data = site.folder().resolve("db").resolve("data").toString();
    List<ProcessHandle> processes = new ArrayList<>();
    ProcessHandle.current()
        .children()
        .filter(child -> worksIn(child, data))
        .filter(Signals::isRunning)
        .forEach(
            server -> {
              processes.add(server);
              server.descendants().filter(Signals::isRunning).forEach(processes::add);
            });
    return processes;
  }

  private static boolean worksIn(ProcessHandle process, String folder) {
    try {
      return Files.readSymbolicLink(Path.of("/proc", Long.toString(process.pid()), "cwd"))
          .toString()
          .startsWith(folder);
    } catch (IOException gone) {
      return false;
    }
  }

  private List<String> states() throws IOException {
    List<String> states = new ArrayList<>();
    for (ProcessHandle process : runningProcesses()) {
      String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
      states.add(stat.substring(stat.lastIndexOf(')') + 2).substring(0, 1));
    }
    return states;
  }

  private static void write(Postgres db, int id) throws SQLException {
    try (Connection connection = db.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("insert into t values (" + id + ", 'x')");
    }
  }

  private static int rows(Postgres db) throws SQLException {
    return Integer.parseInt(query(db, "select count(*) from t").get(0));
  }

  private static List<String> tables(Postgres db) throws SQLException {
    return query(db, "select tablename from pg_tables where schemaname = 'public'");
  }

  private static List<String> query(Postgres db, String sql) throws SQLException {
    List<String> values = new ArrayList<>();
    try (Connection connection = db.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        values.add(rows.getString(1));
      }
    }
    return values;
  }
}
