package dev.drillbook.site.embedded;

import dev.drillbook.plan.ComponentSpec;
import dev.drillbook.site.DataDirectory;
import dev.drillbook.site.Diagnosis;
import dev.drillbook.site.Postgres;
import dev.drillbook.site.Transcript;
import dev.drillbook.timeline.DrillException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A PostgreSQL server process with a data directory and a port of its own, with the durability that
 * production has: fsync, synchronous commits and full-page writes are on.
 */
class EmbeddedPostgres extends EmbeddedStore implements Postgres {
  private static final Duration READY_WITHIN = Duration.ofSeconds(30);

  /** Replaying a WAL archive takes its time, and is heard of in the log only. */
  private static final Duration RECOVERED_WITHIN = Duration.ofMinutes(30);

  private static final Duration INITDB_WITHIN = Duration.ofMinutes(1);
  private static final Duration SQL_WITHIN = Duration.ofMinutes(10);
  private static final String INVALID_PASSWORD = "28P01";

  /** With a password from anywhere: who can reach it at all is the host's business. */
  private static final String WHO_MAY_LOG_IN =
      "host all all all scram-sha-256\nhost replication all all scram-sha-256\n";

  static final String ADMIN = "drillbook_admin";
  private static final String REPLICATOR = "drillbook_replicator";

  final StorePrograms.OfPostgres programs;
  private final ComponentSpec.Postgres spec;
  final Logins logins;

  /** Which of the clusters that were made here this is, counted from 1. */
  int cluster;

  EmbeddedPostgres(
      ComponentSpec.Postgres spec,
      EmbeddedSite site,
      Ports ports,
      StorePrograms.OfPostgres programs) {
    super(site, ports);
    this.spec = spec;
    this.programs = programs;
    this.logins = site.loginsOf(spec);
  }

  /** One whose cluster is a copy of another's. */
  EmbeddedPostgres(EmbeddedSite site, Ports ports, EmbeddedPostgres original) {
    super(site, ports);
    this.spec = original.spec;
    this.programs = original.programs;
    this.logins = original.logins;
  }

  @Override
  public String describe() {
    return name() + ": " + programs.describe();
  }

  @Override
  ComponentSpec spec() {
    return spec;
  }

  @Override
  void bringUp(double scale) {
    provision();
    runSql(spec.schema(), scale);
    spec.seed().ifPresent(seed -> runSql(seed, scale));
  }

  @Override
  List<String> secrets() {
    return logins.all();
  }

  @Override
  void begin() {
    cluster++;
    try {
      make();
    } catch (RuntimeException e) {
      cluster--; // Its archive is nobody's: the next one takes its place.
      throw e;
    }
  }

  private void startArchive() {
    try {
      SiteFolder.deleteTree(walArchive());
    } catch (IOException e) {
      throw new DrillException(
          walArchive() + " could not be emptied: " + e, "look at what is in it", e);
    }
    site.host().own(site.makeFolder(walArchive()));
  }

  private void make() {
    initialise();
    start();
    try (Connection admin = administer("postgres");
        Statement statement = admin.createStatement()) {
      statement.execute(
          "create role " + quoted(spec.user()) + " login password '" + logins.application() + "'");
      statement.execute(
          "create role "
              + REPLICATOR
              + " replication login password '"
              + logins.replicator()
              + "'");
      statement.execute(
          "create database " + quoted(spec.database()) + " owner " + quoted(spec.user()));
      requireThatScriptsReachThisServer(statement);
    } catch (SQLException e) {
      throw new DrillException(
          name() + " is up, but its role and database could not be created: " + e.getMessage(),
          "see its log " + log(),
          e);
    }
  }

  /**
   * The interlock: before any script runs, a mark that only this server can have is looked for with
   * what the scripts are given, the operator's .psqlrc included. Whatever leads psql to another
   * server then stops the drill instead of changing that server.
   */
  private void requireThatScriptsReachThisServer(Statement admin) throws SQLException {
    String mark = Passwords.next();
    String comment = "comment on database " + quoted(spec.database()) + " is ";
    String ask =
        "select shobj_description(oid, 'pg_database') from pg_database"
            + " where datname = current_database()";
    admin.execute(comment + "'" + mark + "'");
    Transcript transcript = new Transcript(site.secrets());
    runPsql("psql", List.of("--tuples-only", "--command=" + ask), transcript);
    admin.execute(comment + "null");
    if (transcript.find(Transcript.Stream.OUT, Pattern.compile(mark)).isEmpty()) {
      throw new DrillException(
          "psql with the scripts' environment reaches another server than " + name(),
          "look for what leads it there: ~/.psqlrc, PSQLRC, or a psql that is a wrapper");
    }
  }

  private void initialise() {
    Path passwordFile = site.folder().resolve(name() + ".admin-password");
    if (spec.archive()) {
      startArchive();
    }
    try {
      SiteFolder.writeSecret(passwordFile, logins.admin());
      site.host().own(dataFolder());
      site.host().own(passwordFile);
      List<String> initdb =
          List.of(
              programs.command("initdb"),
              "--pgdata=" + dataFolder(),
              "--username=" + ADMIN,
              "--pwfile=" + passwordFile,
              "--auth=scram-sha-256",
              "--encoding=UTF8",
              "--no-locale",
              "--no-sync");
      site.command(
              name(),
              "initdb",
              site.host().asServer(initdb),
              this::programEnvironment,
              site.folder())
          .perform(new Transcript(site.secrets()), INITDB_WITHIN);
      Files.writeString(
          dataFolder().resolve("postgresql.conf"), settings(), StandardOpenOption.APPEND);
      Files.writeString(
          dataFolder().resolve("pg_hba.conf"), WHO_MAY_LOG_IN, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new DrillException(
          "the data directory " + dataFolder() + " could not be prepared: " + e.getMessage(),
          Diagnosis.of(List.of(String.valueOf(e.getMessage())), "is the disk full?"),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DrillException(
          "interrupted while " + name() + " was being initialised", "run the drill again", e);
    } finally {
      passwordFile.toFile().delete();
    }
  }

  @Override
  public DataDirectory dataDirectory() {
    return new ServerDirectory(this);
  }

  String settings() {
    return """

        # Set by Drillbook: what a drill acknowledges must be as durable as in production.
        fsync = on
        synchronous_commit = on
        full_page_writes = on
        unix_socket_directories = ''
        max_connections = 100
        # In the data folder: in /dev/shm, what a killed server had there would stay.
        dynamic_shared_memory_type = mmap
        timezone = 'UTC'
        log_timezone = 'UTC'
        log_line_prefix = '%m [%p] %q%u@%d '
        """
        + "listen_addresses = '"
        + site.host().listenAddress()
        + "'\n"
        + (spec.archive() ? "archive_mode = on\n" : "");
  }

  /**
   * A segment gets its name when it is whole: nobody takes half of one for it. One that is there
   * already, and the same, was archived by a server that was killed before it could note so.
   */
  private String archiveCommand() {
    return "if test -f \"TO/%f\"; then cmp -s \"%p\" \"TO/%f\"; else cp \"%p\" \"TO/.%f.part\""
        .concat(" && sync \"TO/.%f.part\" && mv \"TO/.%f.part\" \"TO/%f\"; fi")
        .replace("TO", walArchive().toString());
  }

  @Override
  public Path walArchive() {
    if (!spec.archive()) {
      throw new DrillException(
          name() + " does not archive its WAL", "write archive: true below it in the plan");
    }
    return archiveOf(cluster);
  }

  /** Each cluster's own: another one's segments have the same names. */
  private Path archiveOf(int one) {
    return site.folder().resolve("wal").resolve(spec.name() + "-" + one);
  }

  /** What somebody who wants a standby or a base backup connects with. */
  List<String> replication() {
    return List.of(REPLICATOR, logins.replicator());
  }

  @Override
  public synchronized void start() {
    if (isRunning()) {
      return;
    }
    if (!Files.exists(dataFolder().resolve("PG_VERSION"))) {
      throw new DrillException(
          name() + " has no data directory: " + dataFolder() + " is missing or empty",
          "provision a new server first, then restore into it");
    }
    // On the command line: a data directory may be the copy of another server's.
    List<String> postgres =
        new ArrayList<>(
            List.of(
                programs.command("postgres"),
                "-D",
                dataFolder().toString(),
                "-p",
                String.valueOf(port)));
    if (spec.archive()) {
      postgres.addAll(List.of("-c", "archive_command=" + archiveCommand()));
    }
    startProcess(postgres, true, dataFolder(), programEnvironment());
    awaitReady();
  }

  /** Whether it may be in recovery and yet be ready. */
  boolean mayFollow() {
    return false;
  }

  /**
   * Ready means that somebody could log in and ask something: a server answers pings long before
   * that, and questions while it still replays WAL.
   */
  private void awaitReady() {
    long started = System.nanoTime();
    Duration limit = READY_WITHIN;
    String state = "";
    while (true) {
      try {
        if (!isInRecovery() || mayFollow()) {
          answered();
          return;
        }
        state = "still replays WAL";
        limit = RECOVERED_WITHIN;
      } catch (SQLException e) {
        state = "does not answer: " + e.getMessage();
      }
      if (!process.isAlive() || System.nanoTime() - started > limit.toNanos()) {
        throw notUp(state);
      }
      Pauses.millis(5);
    }
  }

  boolean isInRecovery() throws SQLException {
    try (Connection admin = administer("postgres");
        Statement statement = admin.createStatement();
        ResultSet row = statement.executeQuery("select pg_is_in_recovery()")) {
      row.next();
      return row.getBoolean(1);
    }
  }

  /** PostgreSQL's "fast" shutdown: SIGTERM would wait for the clients to leave. */
  @Override
  String stopSignal() {
    return "INT";
  }

  @Override
  public Connection connect() throws SQLException {
    return connect(spec.database(), spec.user(), logins.application());
  }

  @Override
  public Connection administer(String database) throws SQLException {
    return connect(database, ADMIN, logins.admin());
  }

  @Override
  public void rotatePassword() {
    String next = Passwords.next();
    try (Connection admin = administer("postgres");
        Statement statement = admin.createStatement()) {
      statement.execute("alter role " + quoted(spec.user()) + " password '" + next + "'");
    } catch (SQLException e) {
      throw new DrillException(
          name() + " did not take a new password for " + spec.user() + ": " + e.getMessage(),
          "see its log " + log(),
          e);
    }
    logins.replaceApplication(next);
  }

  @Override
  public boolean admitsReplacedPasswords() throws SQLException {
    for (String replaced : logins.replaced()) {
      try {
        connect(spec.database(), spec.user(), replaced).close();
        return true;
      } catch (SQLException e) {
        if (!INVALID_PASSWORD.equals(e.getSQLState())) {
          throw e;
        }
      }
    }
    return false;
  }

  @Override
  public String database() {
    return spec.database();
  }

  @Override
  public Set<String> knownRoles() {
    return Set.of(ADMIN, spec.user(), REPLICATOR);
  }

  @Override
  public String role() {
    return spec.user();
  }

  private Connection connect(String database, String user, String secret) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", user);
    properties.setProperty("password", secret);
    properties.setProperty("connectTimeout", "2");
    properties.setProperty("loginTimeout", "2");
    properties.setProperty("socketTimeout", "300");
    properties.setProperty("ApplicationName", "drillbook");
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + port + "/" + database, properties);
  }

  @Override
  Map<String, String> addressVariables(String host, int atPort) {
    return Map.of(
        "HOST", host,
        "PORT", String.valueOf(atPort),
        "DATABASE", spec.database(),
        "USER", spec.user(),
        "PASSWORD", logins.application());
  }

  @Override
  Map<String, String> scriptEnvironment() {
    Map<String, String> environment = programEnvironment();
    environment.put("PGHOST", site.host().addressOf(name()));
    environment.put("PGPORT", String.valueOf(port));
    environment.put("PGDATABASE", spec.database());
    environment.put("PGUSER", spec.user());
    environment.put("PGPASSWORD", logins.application());
    environment.put("PGCONNECT_TIMEOUT", "10");
    environment.put("PGDATA", dataFolder().toString());
    if (spec.archive()) {
      environment.put("WAL_ARCHIVE", walArchive().toString());
      if (cluster > 1) {
        environment.put("PREVIOUS_WAL_ARCHIVE", archiveOf(cluster - 1).toString());
      }
      environment.put("REPLICATION_USER", REPLICATOR);
      environment.put("REPLICATION_PASSWORD", logins.replicator());
    }
    return environment;
  }

  @Override
  Optional<String> ownTool(String program) {
    return Optional.of(programs.command(program));
  }

  Map<String, String> programEnvironment() {
    Map<String, String> environment = site.host().environment();
    programs.applyTo(environment);
    return environment;
  }

  private void runSql(String file, double scale) {
    runPsql(
        file,
        List.of(
            "--no-psqlrc",
            "--quiet",
            "--set=ON_ERROR_STOP=1",
            "--set=scale=" + EmbeddedSite.text(scale),
            "--file=" + site.planFolder().resolve(file)),
        new Transcript(site.secrets()));
  }

  private void runPsql(String label, List<String> arguments, Transcript transcript) {
    List<String> psql = new ArrayList<>();
    psql.add(programs.command("psql"));
    psql.addAll(arguments);
    try {
      site.command(name(), label, psql, this::scriptEnvironment, site.planFolder())
          .perform(transcript, SQL_WITHIN);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DrillException(
          "interrupted while " + label + " was running on " + name(), "run the drill again", e);
    }
  }

  /** A file that lets psql log in without anybody typing or showing the password. */
  @Override
  String connection() {
    Path passFile = site.folder().resolve(name() + ".pgpass");
    try {
      SiteFolder.writeSecret(
          passFile, "127.0.0.1:" + port + ":*:" + spec.user() + ":" + logins.application() + "\n");
    } catch (IOException e) {
      return "127.0.0.1:" + port + " (no password file could be written: " + e.getMessage() + ")";
    }
    return "PGPASSFILE=%s %s -h 127.0.0.1 -p %d -U %s %s"
        .formatted(passFile, programs.command("psql"), port, spec.user(), spec.database());
  }

  static String quoted(String identifier) {
    return '"' + identifier.replace("\"", "\"\"") + '"';
  }
}
