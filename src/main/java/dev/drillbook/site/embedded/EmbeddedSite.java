package dev.drillbook.site.embedded;

import dev.drillbook.plan.BackupPolicy;
import dev.drillbook.plan.ComponentSpec;
import dev.drillbook.plan.DrillPlan;
import dev.drillbook.site.App;
import dev.drillbook.site.Command;
import dev.drillbook.site.Component;
import dev.drillbook.site.Postgres;
import dev.drillbook.site.Site;
import dev.drillbook.timeline.DrillException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * A site of real processes on this machine. All its files are in one folder, all its processes are
 * our children; both are gone when it is closed, and when this JVM is told to end.
 */
public final class EmbeddedSite implements Site {
  private static final Path PARENT = Path.of(System.getProperty("java.io.tmpdir"), "drillbook");

  private final DrillPlan plan;
  private final double scale;
  private final SiteFolder folder;
  private final OperatorEnvironment environment;
  private final ServerUser serverUser;
  private final PostgresInstallation postgresPrograms;
  private final FreePorts ports = new FreePorts();
  private final Map<String, EmbeddedPostgres> databases = new LinkedHashMap<>();
  private final Map<String, EmbeddedApp> apps = new LinkedHashMap<>();
  private final List<ProcessHandle> processes = new ArrayList<>();
  private final List<String> leftovers = new ArrayList<>();
  private final Thread closeAtExit = new Thread(this::end, "drillbook-clean-up");
  private boolean closed;
  private boolean kept;

  private EmbeddedSite(
      DrillPlan plan,
      double scale,
      SiteFolder folder,
      PostgresInstallation postgresPrograms,
      Map<String, String> environment) {
    this.plan = plan;
    this.scale = scale;
    this.folder = folder;
    this.environment = new OperatorEnvironment(environment);
    this.serverUser = ServerUser.choose(folder.path());
    this.postgresPrograms = postgresPrograms;
  }

  /**
   * Makes a site for {@code plan} that runs nothing yet.
   *
   * @param scale how many times its seed data the site is to hold
   * @throws DrillException if this machine lacks what it takes
   */
  public static EmbeddedSite create(
      DrillPlan plan, double scale, PostgresInstallation postgresPrograms) {
    return create(plan, scale, postgresPrograms, System.getenv());
  }

  /**
   * The same, for an operator with another environment than ours.
   *
   * @param environment what the site's processes inherit, but for what could lead them astray
   */
  static EmbeddedSite create(
      DrillPlan plan,
      double scale,
      PostgresInstallation postgresPrograms,
      Map<String, String> environment) {
    return create(plan, scale, postgresPrograms, environment, PARENT);
  }

  /** The same, with its folder in {@code parent}. */
  static EmbeddedSite create(
      DrillPlan plan,
      double scale,
      PostgresInstallation postgresPrograms,
      Map<String, String> environment,
      Path parent) {
    SiteFolder folder = SiteFolder.create(parent);
    try {
      EmbeddedSite site = new EmbeddedSite(plan, scale, folder, postgresPrograms, environment);
      Runtime.getRuntime().addShutdownHook(site.closeAtExit);
      return site;
    } catch (RuntimeException e) {
      folder.remove();
      throw e;
    }
  }

  /**
   * Removes what runs that were killed have left on this machine.
   *
   * @return what was removed, in words
   */
  public static List<String> sweepLeftovers() {
    return SiteFolder.sweep(PARENT);
  }

  @Override
  public String name() {
    return "embedded";
  }

  @Override
  public synchronized Postgres postgres(String name) {
    return databases.computeIfAbsent(
        name,
        absent -> {
          ComponentSpec.Postgres spec = spec(name, ComponentSpec.Postgres.class, "postgres");
          return new EmbeddedPostgres(spec, this, port(spec.port()));
        });
  }

  @Override
  public synchronized App app(String name) {
    return apps.computeIfAbsent(
        name,
        absent -> {
          ComponentSpec.App spec = spec(name, ComponentSpec.App.class, "app");
          return new EmbeddedApp(spec, this, port(spec.port()));
        });
  }

  private int port(OptionalInt fixed) {
    return fixed.isPresent() ? fixed.getAsInt() : ports.next();
  }

  private <S extends ComponentSpec> S spec(String name, Class<S> kind, String kindName) {
    ComponentSpec spec = plan.components().get(name);
    if (!kind.isInstance(spec)) {
      String known =
          plan.components().values().stream()
              .filter(kind::isInstance)
              .map(ComponentSpec::name)
              .collect(Collectors.joining(", "));
      throw new DrillException(
          plan.file() + " has no " + kindName + " component '" + name + "'",
          known.isEmpty() ? "declare it under components" : "it has " + known);
    }
    return kind.cast(spec);
  }

  @Override
  public void bringUp() {
    for (EmbeddedApp app : List.copyOf(apps.values())) {
      app.spec().needs().forEach(this::resolveNeeded);
    }
    for (EmbeddedPostgres database : List.copyOf(databases.values())) {
      database.provision();
      database.loadSchemaAndSeed(scale);
    }
    apps.values().forEach(EmbeddedApp::start);
  }

  private void resolveNeeded(String name) {
    if (plan.components().get(name) instanceof ComponentSpec.Postgres) {
      postgres(name);
    }
  }

  @Override
  public Path backupFolder(BackupPolicy policy) {
    requireOpen();
    return folder.folder("backups").resolve(policy.location());
  }

  Optional<Path> backupFolderOf(String component) {
    return plan.backups().stream()
        .filter(policy -> policy.component().equals(component))
        .findFirst()
        .map(this::existingBackupFolder);
  }

  private Path existingBackupFolder(BackupPolicy policy) {
    try {
      return Files.createDirectories(backupFolder(policy));
    } catch (IOException e) {
      throw new DrillException(
          backupFolder(policy) + " could not be made: " + e.getMessage(), "is the disk full?", e);
    }
  }

  @Override
  public synchronized List<Component> components() {
    List<Component> all = new ArrayList<>(databases.values());
    all.addAll(apps.values());
    return all;
  }

  @Override
  public synchronized Set<String> secrets() {
    Set<String> secrets = new LinkedHashSet<>();
    databases.values().forEach(database -> secrets.addAll(database.secrets()));
    secrets.addAll(environment.secrets());
    return secrets;
  }

  @Override
  public String howToConnect() {
    List<String> lines = new ArrayList<>();
    databases.values().forEach(database -> lines.add(database.howToConnect()));
    apps.values().forEach(app -> lines.add(app.howToConnect()));
    String pids =
        processes.stream()
            .filter(Signals::isRunning)
            .map(p -> " " + p.pid())
            .collect(Collectors.joining());
    lines.add("when you are done: kill -9" + pids + "; sleep 1; rm -rf " + folder.path());
    return String.join(System.lineSeparator(), lines);
  }

  @Override
  public void keep() {
    // The note first: if it cannot be written, the site is still taken down.
    folder.keep();
    kept = true;
  }

  @Override
  public List<String> leftovers() {
    return List.copyOf(leftovers);
  }

  @Override
  public void close() {
    end();
    try {
      Runtime.getRuntime().removeShutdownHook(closeAtExit);
    } catch (IllegalStateException atExit) {
      // The hook runs, or has run: it does the same.
    }
  }

  /**
   * Ends every process of the site. It takes no component's lock: one that is just starting holds
   * its own, and waits for ours.
   */
  private synchronized void end() {
    if (closed) {
      return;
    }
    closed = true;
    if (kept) {
      return;
    }
    for (ProcessHandle process : processes) {
      if (!Signals.killTree(process)) {
        leftovers.add("process " + process.pid() + " could not be ended");
      }
    }
    leftovers.addAll(folder.remove());
  }

  /**
   * Starts a process of this site and writes down that it is one.
   *
   * @param environment all of its environment
   */
  synchronized ChildProcess startChild(
      List<String> command, Path workingFolder, Map<String, String> environment, Path log) {
    requireOpen();
    ProcessBuilder builder = new ProcessBuilder(command).directory(workingFolder.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    ChildProcess child = ChildProcess.start(builder, log);
    adopt(child.handle());
    return child;
  }

  /**
   * Notes that a process belongs to this site and ends with it.
   *
   * @throws DrillException if the site is closed; the process was ended then
   */
  synchronized void adopt(ProcessHandle process) {
    if (closed) {
      Signals.killTree(process);
    }
    requireOpen();
    processes.add(process);
    folder.adopt(process);
  }

  /** Refuses to bring anything back to a site whose files are gone. */
  synchronized void requireOpen() {
    if (closed) {
      throw new DrillException("the site is closed", "nothing can be started on it any more");
    }
  }

  /** A new map of what every process of the site finds in its environment. */
  Map<String, String> baseEnvironment() {
    return environment.inherited();
  }

  Map<String, String> addressEnvironment(String component) {
    EmbeddedPostgres database = databases.get(component);
    return database == null ? Map.of() : database.addressEnvironment();
  }

  Command script(String file, List<String> arguments, Supplier<Map<String, String>> environment) {
    Path script = planFolder().resolve("scripts").resolve(file);
    if (!Files.isRegularFile(script)) {
      throw new DrillException(
          script + " does not exist",
          "the drill names a script that is not in the plan's scripts folder");
    }
    if (!Files.isExecutable(script)) {
      throw new DrillException(script + " may not be executed", "run chmod +x " + script);
    }
    List<String> program = new ArrayList<>(List.of(script.toString()));
    program.addAll(arguments);
    return new Command(file, program, environment, planFolder(), secrets(), this::adopt);
  }

  Path folder() {
    return folder.path();
  }

  Path planFolder() {
    return plan.folder();
  }

  ServerUser serverUser() {
    return serverUser;
  }

  PostgresInstallation postgresPrograms() {
    return postgresPrograms;
  }

  static String variablePrefix(String component) {
    return component.toUpperCase(Locale.ROOT).replace('-', '_') + "_";
  }
}
