package dev.drillbook.site.embedded;

import dev.drillbook.plan.BackupPolicy;
import dev.drillbook.plan.ComponentSpec;
import dev.drillbook.plan.DrillPlan;
import dev.drillbook.site.App;
import dev.drillbook.site.Command;
import dev.drillbook.site.Component;
import dev.drillbook.site.Mongo;
import dev.drillbook.site.ObjectStore;
import dev.drillbook.site.Postgres;
import dev.drillbook.site.PostgresStandby;
import dev.drillbook.site.Redis;
import dev.drillbook.site.ServiceAddress;
import dev.drillbook.site.Site;
import dev.drillbook.site.SiteSettings;
import dev.drillbook.site.UndoJournal;
import dev.drillbook.timeline.DrillException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * A site of real processes on this machine. All its files are in one folder, all its processes are
 * our children; both are gone when it is closed, and when this JVM is told to end.
 */
public final class EmbeddedSite implements Site {
  private final DrillPlan plan;
  private final SiteSettings settings;
  private final SiteFolder folder;
  private final Watchdog watchdog;
  private final Host host;
  private final FreePorts ports;
  private final Map<String, Ports> portsByName = new HashMap<>();
  private final Map<List<String>, Logins> logins = new HashMap<>();
  private final EmbeddedNetwork network;
  private final Map<String, EmbeddedComponent> components = new LinkedHashMap<>();
  private final List<String> leftovers = new ArrayList<>();
  private final Thread closeAtExit = new Thread(this::end, "drillbook-clean-up");
  private boolean closed;
  private boolean kept;

  private EmbeddedSite(
      DrillPlan plan, SiteSettings settings, SiteFolder folder, FreePorts ports, Host host) {
    this.plan = plan;
    this.settings = settings;
    this.folder = folder;
    this.ports = ports;
    this.host = host;
    // Scripts may put beside the backups what is to outlive the components.
    host.share(folder.make(backups()));
    this.watchdog = Watchdog.over(folder.path());
    this.network =
        new EmbeddedNetwork(
            settings, host, folder.path().getFileName() + "-", folder.undo(), this::clientPorts);
  }

  /**
   * Makes a site for {@code plan} that runs nothing yet.
   *
   * @throws DrillException if this machine lacks what it takes
   */
  public static EmbeddedSite create(
      DrillPlan plan, SiteSettings settings, Installations installations) {
    return create(plan, settings, installations, System.getenv(), SiteFolder.parent());
  }

  /** The same with a network of our own. */
  public static EmbeddedSite create(DrillPlan plan, double scale, Installations installations) {
    return create(plan, SiteSettings.ofScale(scale), installations);
  }

  /**
   * The same, for an operator with another environment than ours.
   *
   * @param environment what the site's processes inherit, but for what could lead them astray
   */
  static EmbeddedSite create(
      DrillPlan plan, double scale, Installations installations, Map<String, String> environment) {
    return create(plan, scale, installations, environment, SiteFolder.parent());
  }

  /** The same, with its folder in {@code parent}. */
  static EmbeddedSite create(
      DrillPlan plan,
      double scale,
      Installations installations,
      Map<String, String> environment,
      Path parent) {
    return create(plan, SiteSettings.ofScale(scale), installations, environment, parent);
  }

  private static EmbeddedSite create(
      DrillPlan plan,
      SiteSettings settings,
      Installations installations,
      Map<String, String> environment,
      Path parent) {
    requireCommands(plan);
    return create(
        plan,
        settings,
        parent,
        (folder, ports) ->
            new LocalHost(
                folder, plan.folder(), installations, new OperatorEnvironment(environment)));
  }

  /** What a Compose file says runs in an image, and on this machine itself there is none. */
  private static void requireCommands(DrillPlan plan) {
    for (ComponentSpec spec : plan.components().values()) {
      if (spec instanceof ComponentSpec.App app && app.command().isEmpty()) {
        throw new DrillException(
            plan.file()
                + " has no command for "
                + app.name()
                + ": what runs is said by "
                + plan.services().get(app.name())
                + ", and needs its image",
            "run on -Ddrill.site=containers, or give the component a command");
      }
    }
  }

  /**
   * A site on another host than this machine itself.
   *
   * @param host made once the site has a folder
   * @throws DrillException if it cannot be made
   */
  public static EmbeddedSite create(
      DrillPlan plan, SiteSettings settings, Function<SiteBase, Host> host) {
    return create(
        plan,
        settings,
        SiteFolder.parent(),
        (folder, ports) ->
            host.apply(
                new SiteBase(
                    folder.path(),
                    plan.folder(),
                    folder.undo(),
                    ports::next,
                    OurUser.id(),
                    OurUser.group())));
  }

  private interface HostMaker {
    Host make(SiteFolder folder, FreePorts ports);
  }

  private static EmbeddedSite create(
      DrillPlan plan, SiteSettings settings, Path parent, HostMaker maker) {
    SiteFolder folder = SiteFolder.create(parent);
    try {
      FreePorts ports = new FreePorts();
      EmbeddedSite site =
          new EmbeddedSite(plan, settings, folder, ports, maker.make(folder, ports));
      Runtime.getRuntime().addShutdownHook(site.closeAtExit);
      return site;
    } catch (RuntimeException e) {
      folder.remove();
      throw e;
    }
  }

  /** The folder that this user's sites are in. */
  public static Path sitesFolder() {
    return SiteFolder.parent();
  }

  /** The number of the user whose sites those are. */
  public static int userId() {
    return OurUser.id();
  }

  /** Whether nobody has the site in this folder any more, or the folder is gone. */
  public static boolean isAbandoned(Path folder) {
    return SiteFolder.isAbandoned(folder);
  }

  /**
   * Removes what runs that were killed have left on this machine.
   *
   * @return what was removed, in words
   */
  public static List<String> sweepLeftovers() {
    return SiteFolder.sweep(SiteFolder.parent());
  }

  @Override
  public String name() {
    return host.name();
  }

  @Override
  public Postgres postgres(String name) {
    return component(name, "postgres", ComponentSpec.Postgres.class, Postgres.class);
  }

  @Override
  public PostgresStandby standby(String name) {
    return component(
        name, "postgres-standby", ComponentSpec.PostgresStandby.class, PostgresStandby.class);
  }

  @Override
  public Mongo mongo(String name) {
    return component(name, "mongo", ComponentSpec.Mongo.class, Mongo.class);
  }

  @Override
  public ObjectStore objectStore(String name) {
    return component(name, "object-store", ComponentSpec.ObjectStore.class, ObjectStore.class);
  }

  @Override
  public Redis redis(String name) {
    return component(name, "redis", ComponentSpec.Redis.class, Redis.class);
  }

  @Override
  public App app(String name) {
    return component(name, "app", ComponentSpec.App.class, App.class);
  }

  @Override
  public ServiceAddress address(String name) {
    return component(name, "address", ComponentSpec.Address.class, ServiceAddress.class);
  }

  private <C extends Component> C component(
      String name, String kindName, Class<? extends ComponentSpec> kind, Class<C> type) {
    if (!kind.isInstance(plan.components().get(name))) {
      String known =
          plan.components().values().stream()
              .filter(kind::isInstance)
              .map(ComponentSpec::name)
              .collect(Collectors.joining(", "));
      throw new DrillException(
          plan.file() + " has no " + kindName + " component '" + name + "'",
          known.isEmpty() ? "declare it under components" : "it has " + known);
    }
    return type.cast(byName(name));
  }

  /** Made when it is first asked for. */
  private synchronized EmbeddedComponent byName(String name) {
    EmbeddedComponent known = components.get(name);
    if (known == null) {
      // Not by computeIfAbsent: a standby, or an address, makes what it is of on the way.
      ComponentSpec spec = plan.components().get(name);
      known = make(spec, portsOf(spec));
      components.put(name, known);
    }
    return known;
  }

  /** The same ones whenever they are asked for. Not by our lock: the network asks under its own. */
  private Ports portsOf(ComponentSpec spec) {
    synchronized (portsByName) {
      return portsByName.computeIfAbsent(
          spec.name(), name -> new Ports(spec.port().orElseGet(ports::next), ports.next()));
    }
  }

  /** Of every component that may ever be asked for: some networks have to know them beforehand. */
  private List<Integer> clientPorts() {
    return plan.components().values().stream().map(spec -> portsOf(spec).client()).toList();
  }

  synchronized Logins loginsOf(ComponentSpec.Postgres spec) {
    return logins.computeIfAbsent(List.of(spec.database(), spec.user()), which -> new Logins());
  }

  private EmbeddedComponent make(ComponentSpec spec, Ports its) {
    if (spec instanceof ComponentSpec.Postgres postgres) {
      return new EmbeddedPostgres(postgres, this, its, host.installations().postgres(spec.name()));
    }
    if (spec instanceof ComponentSpec.PostgresStandby standby) {
      return new EmbeddedStandby(standby, this, its, (EmbeddedPostgres) byName(standby.of()));
    }
    if (spec instanceof ComponentSpec.Mongo mongo) {
      return new EmbeddedMongo(mongo, this, its, host.installations().mongo(spec.name()));
    }
    if (spec instanceof ComponentSpec.Redis redis) {
      return new EmbeddedRedis(redis, this, its, host.installations().redis(spec.name()));
    }
    if (spec instanceof ComponentSpec.ObjectStore objects) {
      return new EmbeddedObjectStore(
          objects, this, its, host.installations().objectStore(spec.name()));
    }
    if (spec instanceof ComponentSpec.App app) {
      return new EmbeddedApp(app, this, its);
    }
    if (spec instanceof ComponentSpec.Address address) {
      return new EmbeddedAddress(
          address, this, its.client(), (EmbeddedProcess) byName(address.of()));
    }
    throw new IllegalStateException(spec + " is of no kind that this site has");
  }

  @Override
  public void bringUp() {
    Set<String> up = new HashSet<>();
    // What is asked for while others come up is brought up as well: nobody may need what is not.
    for (EmbeddedComponent component : known()) {
      bringUp(component.name(), up);
    }
  }

  /** What a component needs first; the plan has no circle of needs. */
  private void bringUp(String name, Set<String> up) {
    if (!up.add(name)) {
      return;
    }
    EmbeddedComponent component = byName(name);
    component.spec().needs().forEach(needed -> bringUp(needed, up));
    connect(component);
    component.bringUp(settings.scale());
  }

  /** Lets clients reach a component, if they cannot already. */
  void connect(EmbeddedComponent component) {
    network.connect(component.name(), component.clientPort(), component.upstream());
  }

  @Override
  public Path backupFolder(BackupPolicy policy) {
    host.requireOpen();
    return backups().resolve(policy.location());
  }

  private Path backups() {
    return folder.path().resolve("backups");
  }

  /**
   * Where a store's scripts find backups: BACKUP_DIR_POLICY for every policy of the plan, and
   * BACKUP_DIR for the first that is about this store or, where none is, about another of its kind:
   * a secondary site restores what the primary one has saved.
   */
  Map<String, String> backupFolders(ComponentSpec store) {
    Map<String, String> folders = new HashMap<>();
    for (BackupPolicy policy : plan.backups()) {
      folders.put(
          "BACKUP_DIR_" + policy.id().toUpperCase(Locale.ROOT).replace('-', '_'),
          existingBackupFolder(policy).toString());
    }
    plan.backupsOf(store.name()).stream()
        .findFirst()
        .or(() -> plan.backups().stream().filter(policy -> isOfKind(store, policy)).findFirst())
        .ifPresent(policy -> folders.put("BACKUP_DIR", existingBackupFolder(policy).toString()));
    return folders;
  }

  private boolean isOfKind(ComponentSpec store, BackupPolicy policy) {
    ComponentSpec saved = plan.components().get(policy.component());
    return saved.getClass() == store.getClass()
        || (saved instanceof ComponentSpec.Postgres
            && store instanceof ComponentSpec.PostgresStandby);
  }

  private Path existingBackupFolder(BackupPolicy policy) {
    Path made = folder.make(backupFolder(policy));
    host.share(made);
    return made;
  }

  @Override
  public List<Component> components() {
    return List.copyOf(known());
  }

  /**
   * As they are now. They are asked without our lock, since one that is just being started holds
   * its own and waits for ours.
   */
  private synchronized List<EmbeddedComponent> known() {
    return List.copyOf(components.values());
  }

  @Override
  public List<String> describe() {
    List<String> lines = new ArrayList<>();
    known().forEach(component -> lines.add(component.describe()));
    if (!network.describe().isEmpty()) {
      lines.add(network.describe());
    }
    tools().forEach(tool -> lines.add("scripts get " + tool.describe()));
    lines.addAll(host.describe());
    return lines;
  }

  @Override
  public Set<String> secrets() {
    Set<String> secrets = new LinkedHashSet<>();
    known().forEach(component -> secrets.addAll(component.secrets()));
    secrets.addAll(host.secrets());
    return secrets;
  }

  @Override
  public String howToConnect() {
    List<String> lines = new ArrayList<>();
    known().forEach(component -> lines.add(component.howToConnect()));
    lines.add("the network between them is gone: apps reach their stores no more");
    String undos =
        folder.undo().scripts().stream()
            .map(script -> "sh " + script + "; ")
            .collect(Collectors.joining());
    lines.add(
        "when you are done: "
            + host.howToEnd()
            + "; sleep 1; "
            + undos
            + "rm -rf "
            + folder.path());
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
    List<Runnable> steps = new ArrayList<>(List.of(network::close));
    if (!kept) {
      steps.add(() -> leftovers.addAll(host.close()));
      steps.add(() -> leftovers.addAll(folder.takeDown(host.processes())));
    }
    steps.add(watchdog::dismiss);
    doAll(steps);
  }

  /**
   * Does every step, whatever comes of those before it.
   *
   * @throws RuntimeException of the first that failed, with the others' in it
   */
  private static void doAll(List<Runnable> steps) {
    RuntimeException first = null;
    for (Runnable step : steps) {
      try {
        step.run();
      } catch (RuntimeException e) {
        if (first == null) {
          first = e;
        } else {
          first.addSuppressed(e);
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }

  /** What somebody who needs {@code component} finds in its environment. */
  Map<String, String> addressEnvironment(String component) {
    String prefix = component.toUpperCase(Locale.ROOT).replace('-', '_') + "_";
    Map<String, String> environment = new HashMap<>();
    EmbeddedComponent needed = byName(component);
    needed
        .addressVariables(host.networkAddress(), needed.clientPort())
        .forEach((end, value) -> environment.put(prefix + end, value));
    return environment;
  }

  /** A scale as scripts and SQL files read it. */
  static String text(double scale) {
    return scale == Math.rint(scale) ? String.valueOf((long) scale) : String.valueOf(scale);
  }

  /** A script of the plan's that works on {@code component}. */
  Command script(
      String component,
      String file,
      List<String> arguments,
      Supplier<Map<String, String>> environment) {
    Path script = plan.folder().resolve("scripts").resolve(file);
    if (!Files.isRegularFile(script)) {
      throw new DrillException(
          script + " does not exist",
          "the drill names a script that is not in the plan's scripts folder");
    }
    if (!Files.isExecutable(script)) {
      throw new DrillException(script + " may not be executed", "run chmod +x " + script);
    }
    Path there = planFolder().resolve(plan.folder().relativize(script));
    List<String> program = new ArrayList<>(List.of(there.toString()));
    program.addAll(arguments);
    return command(component, true, file, program, withTools(environment), planFolder());
  }

  private Supplier<Map<String, String>> withTools(Supplier<Map<String, String>> environment) {
    return () -> {
      Map<String, String> variables = environment.get();
      OurTools.of(path(), tools()).applyTo(variables);
      return variables;
    };
  }

  /** A program for the kind of store that {@code component} is, as its scripts find it. */
  Command tool(
      String component,
      String name,
      Optional<String> ofTheServer,
      List<String> arguments,
      Supplier<Map<String, String>> environment) {
    // By a shell: a bare name is to be looked for on the PATH that it is given, not on ours.
    List<String> all = new ArrayList<>(List.of("/bin/sh", "-c", "exec \"$0\" \"$@\""));
    all.add(ofTheServer.orElse(name));
    all.addAll(arguments);
    return command(
        component, ofTheServer.isEmpty(), name, all, withTools(environment), planFolder());
  }

  /** What scripts get that call the tools for the plan's stores. */
  private List<FoundTool> tools() {
    return host.installations().tools(ScriptTool.of(plan.components().values()));
  }

  /** A program that works on {@code component} and ends. */
  Command command(
      String component,
      String label,
      List<String> program,
      Supplier<Map<String, String>> environment,
      Path workingFolder) {
    return command(component, false, label, program, environment, workingFolder);
  }

  private Command command(
      String component,
      boolean isOfTheTeam,
      String label,
      List<String> program,
      Supplier<Map<String, String>> environment,
      Path workingFolder) {
    return new Command(
        label,
        program,
        environment,
        workingFolder,
        secrets(),
        (argv, variables, where) -> host.run(component, isOfTheTeam, argv, variables, where));
  }

  @Override
  public UndoJournal undoJournal() {
    return folder.undo();
  }

  /** The folder that all its files are in. */
  public Path path() {
    return folder.path();
  }

  Path folder() {
    return folder.path();
  }

  /**
   * Makes a folder of the site, and those above it.
   *
   * @throws DrillException if it cannot be made, or the site has been removed
   */
  Path makeFolder(Path made) {
    return folder.make(made);
  }

  /** Where the site's processes find what is in the plan's folder. */
  Path planFolder() {
    return host.planFolder();
  }

  EmbeddedNetwork network() {
    return network;
  }

  Host host() {
    return host;
  }
}
