package dev.drillbook.site.embedded;

import dev.drillbook.plan.ComponentSpec;
import dev.drillbook.proxy.FaultProxy;
import dev.drillbook.site.Command;
import dev.drillbook.timeline.DrillException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** This machine: every process is our child and listens on the loopback address. */
final class LocalHost implements Host {
  private static final String LOOPBACK = "127.0.0.1";

  private final SiteFolder folder;
  private final Path planFolder;
  private final Installations installations;
  private final OperatorEnvironment environment;
  private final ServerUser serverUser;
  private final List<ProcessHandle> processes = new ArrayList<>();
  private boolean closed;

  LocalHost(
      SiteFolder folder,
      Path planFolder,
      Installations installations,
      OperatorEnvironment environment) {
    this.folder = folder;
    this.planFolder = planFolder;
    this.installations = installations;
    this.environment = environment;
    this.serverUser = ServerUser.choose(folder.path());
  }

  @Override
  public String name() {
    return "embedded";
  }

  @Override
  public Installations installations() {
    return installations;
  }

  @Override
  public String listenAddress() {
    return LOOPBACK;
  }

  @Override
  public String addressOf(String component) {
    return LOOPBACK;
  }

  @Override
  public String networkAddress() {
    return LOOPBACK;
  }

  @Override
  public Network startNetwork(long seed, Collection<Integer> clientPorts) {
    FaultProxy proxy = FaultProxy.start(seed);
    return new Network() {
      @Override
      public InetSocketAddress api() {
        return proxy.api();
      }

      @Override
      public String describe() {
        return "Drillbook's fault proxy";
      }

      @Override
      public String listenAddress() {
        return LOOPBACK;
      }

      @Override
      public void close() {
        proxy.close();
      }
    };
  }

  @Override
  public boolean isFree(String component, int port) {
    return FreePorts.isFree(port);
  }

  @Override
  public Path planFolder() {
    return planFolder;
  }

  @Override
  public Map<String, String> environment() {
    Map<String, String> inherited = environment.inherited();
    inherited.put(SiteProcesses.MARK, folder.path().toString());
    return inherited;
  }

  @Override
  public Set<String> secrets() {
    return environment.secrets();
  }

  @Override
  public AppStart startOf(ComponentSpec.App app) {
    return new AppStart(fillIn(app.command()), planFolder, Map.of());
  }

  @Override
  public String describe(ComponentSpec.App app) {
    return String.join(" ", app.command());
  }

  @Override
  public List<String> fillIn(List<String> command) {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classPath = System.getProperty("java.class.path");
    return command.stream()
        .map(argument -> argument.replace("{java}", java).replace("{classpath}", classPath))
        .toList();
  }

  @Override
  public List<String> asServer(List<String> command) {
    return serverUser.run(command);
  }

  @Override
  public void own(Path path) {
    serverUser.own(path);
  }

  /** They run as whoever we are. */
  @Override
  public void share(Path folderOfTheSite) {
    // It is ours.
  }

  @Override
  public List<String> describe() {
    return List.of();
  }

  @Override
  public synchronized String howToEnd() {
    return "kill -9"
        + processes.stream()
            .filter(Signals::isRunning)
            .map(process -> " " + process.pid())
            .collect(Collectors.joining());
  }

  @Override
  public boolean hasOurLibraries() {
    return true;
  }

  @Override
  public synchronized Running start(Launch launch) {
    requireOpen();
    ProcessBuilder builder =
        new ProcessBuilder(commandOf(launch)).directory(launch.folder().toFile());
    builder.environment().clear();
    builder.environment().putAll(launch.environment());
    ChildProcess child = ChildProcess.start(builder, launch.log());
    adopt(child.toHandle());
    return child;
  }

  /**
   * What is to be added last comes after the change of user: a library that is loaded by the
   * program that changes it would be somebody else's.
   */
  private List<String> commandOf(Launch launch) {
    List<String> command = new ArrayList<>();
    if (!launch.last().isEmpty()) {
      command.add("env");
      launch.last().forEach((variable, value) -> command.add(variable + "=" + value));
    }
    command.addAll(launch.command());
    return launch.asServer() ? asServer(command) : command;
  }

  @Override
  public Process run(
      String component,
      boolean isOfTheTeam,
      List<String> program,
      Map<String, String> itsEnvironment,
      Path workingFolder)
      throws IOException {
    Process process = Command.Launcher.here().launch(program, itsEnvironment, workingFolder);
    adopt(process.toHandle());
    return process;
  }

  /** Notes that a process belongs to this site and ends with it; ends it if the site is closed. */
  private synchronized void adopt(ProcessHandle process) {
    if (closed) {
      Signals.killTree(process);
    }
    requireOpen();
    processes.add(process);
    folder.adopt(process);
  }

  @Override
  public synchronized void requireOpen() {
    if (closed) {
      throw new DrillException("the site is closed", "nothing can be started on it any more");
    }
  }

  @Override
  public synchronized List<String> close() {
    closed = true;
    return List.of();
  }

  @Override
  public synchronized List<ProcessHandle> processes() {
    return List.copyOf(processes);
  }
}
