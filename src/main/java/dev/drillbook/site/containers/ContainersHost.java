package dev.drillbook.site.containers;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.AccessMode;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import com.github.dockerjava.api.model.Volume;
import dev.drillbook.plan.ComponentSpec;
import dev.drillbook.site.Undo;
import dev.drillbook.site.UndoJournal;
import dev.drillbook.site.embedded.AppStart;
import dev.drillbook.site.embedded.Host;
import dev.drillbook.site.embedded.Installations;
import dev.drillbook.site.embedded.Launch;
import dev.drillbook.site.embedded.Running;
import dev.drillbook.site.embedded.SiteBase;
import dev.drillbook.timeline.DrillException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Containers on one network of their own; the loopback address leads to each. */
final class ContainersHost implements Host {
  /** On every container and network of ours: the folder of its site. */
  static final String SITE_LABEL = "dev.drillbook.site";

  private static final String NETWORK = "network";

  /** It waits for whatever else ends in its container, too: else that would stay as zombies. */
  private static final List<String> POD = List.of("sh", "-c", "sleep infinity & wait");

  private static final String JAVA = "java";
  private static final int TOXIPROXY_API = 8474;
  private static final int NOBODY = 65534;

  private final DockerClient docker;
  private final Images images;
  private final AppStarts apps;
  private final SiteBase site;
  private final String prefix;
  private final Path planFolder;
  private final ClassPath classPath = ClassPath.ofThisJvm();
  private final Map<String, Container> pods = new HashMap<>();
  private final Map<String, Container> servers = new HashMap<>();
  private UndoJournal.Entry undo;
  private Container proxies;
  private String network;
  private int made;
  private boolean closed;

  ContainersHost(DockerClient docker, Images images, AppStarts apps, SiteBase site) {
    this.docker = docker;
    this.images = images;
    this.apps = apps;
    this.site = site;
    this.prefix = site.folder().getFileName().toString().replace("-site-", "-") + "-";
    this.planFolder = copyOfThePlan();
  }

  /** The plan's folder may be closed to whom the containers run as. */
  private Path copyOfThePlan() {
    Path copy = site.folder().resolve("plan");
    try (Stream<Path> all = Files.walk(site.planFolder())) {
      for (Path each : all.toList()) {
        Files.copy(
            each,
            copy.resolve(site.planFolder().relativize(each)),
            StandardCopyOption.COPY_ATTRIBUTES);
      }
    } catch (IOException e) {
      throw new DrillException(
          site.planFolder() + " could not be copied to " + copy + ": " + e, "is the disk full?", e);
    }
    own(copy);
    return copy;
  }

  /** A pod keeps its port for its servers. */
  @Override
  public synchronized boolean isFree(String component, int port) {
    if (pods.containsKey(component)) {
      return true;
    }
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }

  @Override
  public Path planFolder() {
    return planFolder;
  }

  @Override
  public String name() {
    return "containers";
  }

  @Override
  public Installations installations() {
    return new ContainerPrograms(images);
  }

  @Override
  public String listenAddress() {
    return "0.0.0.0";
  }

  @Override
  public String addressOf(String component) {
    return component;
  }

  @Override
  public String networkAddress() {
    return NETWORK;
  }

  @Override
  public synchronized Network startNetwork(long seed, Collection<Integer> clientPorts) {
    requireOpen();
    String image = images.ofNetwork();
    String played = images.describe(image);
    List<String> program = images.entrypoint(image);
    List<String> command =
        new ArrayList<>(program.isEmpty() ? List.of("toxiproxy-server") : program);
    command.addAll(List.of("-host=0.0.0.0", "-port=" + TOXIPROXY_API));
    int apiPort = site.freePort().getAsInt();
    List<PortBinding> ports = new ArrayList<>(List.of(published(apiPort, TOXIPROXY_API)));
    clientPorts.forEach(port -> ports.add(published(port, port)));
    // Else it writes lines for each connection made, refused or closed, and the engine passes them
    // on.
    Map<String, String> quiet = Map.of("LOG_LEVEL", "fatal");
    CreateContainerCmd create = create(NETWORK, image, command, quiet, Path.of("/"));
    create.getHostConfig().withPortBindings(ports);
    create.withExposedPorts(ports.stream().map(PortBinding::getExposedPort).toList());
    proxies = make(create, NETWORK);
    proxies.start();
    return new ToxiproxyContainer(proxies, apiPort, played).awaitReady();
  }

  private static PortBinding published(int here, int there) {
    return new PortBinding(Ports.Binding.bindIpAndPort("127.0.0.1", here), ExposedPort.tcp(there));
  }

  /** What an image has set stays. */
  @Override
  public Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>();
    environment.put("DRILLBOOK_SITE", site.folder().toString());
    environment.put("HOME", "/tmp");
    environment.put("LC_MESSAGES", "C");
    return environment;
  }

  @Override
  public Set<String> secrets() {
    return apps.secrets();
  }

  @Override
  public AppStart startOf(ComponentSpec.App app) {
    return apps.of(app, fillIn(app.command()), planFolder);
  }

  @Override
  public String describe(ComponentSpec.App app) {
    return apps.describe(app);
  }

  @Override
  public List<String> fillIn(List<String> command) {
    return command.stream()
        .map(argument -> argument.replace("{java}", JAVA).replace("{classpath}", classPath.text()))
        .toList();
  }

  @Override
  public List<String> asServer(List<String> command) {
    return command;
  }

  /** Whoever is root here is nobody in the containers: some servers refuse to be root. */
  @Override
  public void own(Path path) {
    if (site.uid() != 0) {
      return;
    }
    try {
      Ownership.give(path, NOBODY, NOBODY);
    } catch (IOException e) {
      throw new DrillException(
          path + " could not be given to the user of the containers: " + e.getMessage(),
          "check the file system's owner",
          e);
    }
  }

  @Override
  public void share(Path folder) {
    own(folder);
  }

  @Override
  public boolean hasOurLibraries() {
    return false;
  }

  @Override
  public synchronized Running start(Launch launch) {
    requireOpen();
    Container before = servers.remove(launch.component());
    if (before != null) {
      before.remove(); // It has ended; its pod goes on.
    }
    // Into the file that is read here; what a program says is no secret of the engine's.
    List<String> command =
        new ArrayList<>(
            List.of(
                "sh",
                "-c",
                "log=$1; shift; exec \"$@\" >>\"$log\" 2>&1",
                "sh",
                launch.log().toString()));
    command.addAll(launch.command());
    try {
      if (!Files.exists(launch.log())) {
        own(Files.createFile(launch.log()));
      }
    } catch (IOException e) {
      throw new DrillException(
          launch.log() + " could not be made: " + e.getMessage(), "is the disk full?", e);
    }
    Container pod = pods.computeIfAbsent(launch.component(), name -> startPod(launch));
    CreateContainerCmd create =
        create(
            launch.component(),
            images.of(launch.component()),
            command,
            launch.environment(),
            launch.folder());
    inNetworkOf(pod, create);
    create.getHostConfig().withPidMode("container:" + pod.id());
    Container container = make(create, launch.component());
    servers.put(launch.component(), container);
    try {
      container.start();
    } catch (DrillException e) {
      throw new DrillException(
          launch.component() + " could not be started: " + e.problem(),
          "does its image have a shell, and the program " + launch.command().get(0) + "?",
          e);
    }
    return new RunningContainer(container);
  }

  /**
   * What has a component's name, address and ports while its server may be dead: who connects then
   * is refused at once, as by a machine that lives. A name that is gone is asked for in the whole
   * world, and Toxiproxy takes no other connection as long as that lasts. Its processes are
   * numbered as on a machine too: what a server writes down as its number is no other's in a
   * script, and no server is the first process, which would pass over signals that it does not
   * handle.
   */
  private Container startPod(Launch launch) {
    CreateContainerCmd create =
        create(launch.component(), images.of(launch.component()), POD, Map.of(), Path.of("/"));
    create.getHostConfig().withPortBindings(published(launch.port(), launch.port()));
    create.withExposedPorts(ExposedPort.tcp(launch.port()));
    Container pod = make(create, launch.component());
    pod.start();
    return pod;
  }

  @Override
  public Process run(
      String component,
      boolean isOfTheTeam,
      List<String> program,
      Map<String, String> environment,
      Path folder)
      throws IOException {
    Container container;
    synchronized (this) {
      requireOpen();
      CreateContainerCmd create =
          create("tool", imageOf(component, isOfTheTeam, program), program, environment, folder);
      if (isOfTheTeam) {
        asOnTheMachineOf(component, create);
      }
      container = make(create, "tool");
    }
    return ContainerProcess.start(docker, container);
  }

  /**
   * A script sees the processes of what it works on, and clients' addresses of this machine lead it
   * where they lead clients.
   */
  private void asOnTheMachineOf(String component, CreateContainerCmd create) {
    Container pod = pods.get(component);
    if (pod != null) {
      create.getHostConfig().withPidMode("container:" + pod.id());
    }
    if (proxies != null) {
      inNetworkOf(proxies, create);
    }
  }

  /** With another's addresses and ports, and so with no name of its own. */
  private static void inNetworkOf(Container other, CreateContainerCmd create) {
    create.withAliases(List.of()).getHostConfig().withNetworkMode("container:" + other.id());
  }

  /**
   * A program of the store's own, such as initdb, is that of the server, whatever a toolbox has.
   */
  private String imageOf(String component, boolean isOfTheTeam, List<String> program) {
    if (program.get(0).equals(JAVA)) {
      return images.ofJava();
    }
    return isOfTheTeam ? images.ofScripts(component) : images.of(component);
  }

  private CreateContainerCmd create(
      String role,
      String image,
      List<String> command,
      Map<String, String> environment,
      Path folder) {
    images.require(image);
    HostConfig config =
        HostConfig.newHostConfig().withNetworkMode(network()).withBinds(binds(command));
    return docker
        .createContainerCmd(image)
        .withName(prefix + role + "-" + ++made)
        .withEntrypoint(command.get(0))
        .withCmd(command.subList(1, command.size()))
        .withEnv(environment.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList())
        .withWorkingDir(folder.toString())
        .withUser(site.uid() == 0 ? NOBODY + ":" + NOBODY : site.uid() + ":" + site.gid())
        .withLabels(labels())
        .withAliases(role)
        .withHostConfig(config);
  }

  /** The site, and our classes where the command is of a JVM that needs them. */
  private List<Bind> binds(List<String> command) {
    List<Bind> binds = new ArrayList<>();
    String folder = site.folder().toString();
    binds.add(new Bind(folder, new Volume(folder), AccessMode.rw));
    if (command.stream().anyMatch(argument -> argument.contains(classPath.text()))) {
      for (int i = 0; i < classPath.roots().size(); i++) {
        Volume mount = new Volume(ClassPath.mount(i).toString());
        binds.add(new Bind(classPath.roots().get(i).toString(), mount, AccessMode.ro));
      }
    }
    return binds;
  }

  /** None of Ryuk's, which would remove a site that is to be kept. */
  private Map<String, String> labels() {
    return Map.of(SITE_LABEL, site.folder().toString(), Owner.LABEL, Owner.of(site.uid()).text());
  }

  private Container make(CreateContainerCmd create, String role) {
    try {
      return new Container(docker, create.exec().getId(), create.getName());
    } catch (RuntimeException e) {
      throw new DrillException(
          "no container could be made for " + role + ": " + e.getMessage(),
          "is there room for it, and does the image run on this machine?",
          e);
    }
  }

  /** Made with the first container; how it all is taken away is on disk before. */
  private String network() {
    if (network == null) {
      undo =
          site.journal().write(new Undo.Run("the containers of " + site.folder(), undoCommand()));
      try {
        docker
            .createNetworkCmd()
            .withName(prefix + NETWORK)
            .withCheckDuplicate(true)
            .withLabels(labels())
            .exec();
      } catch (RuntimeException e) {
        throw new DrillException(
            "no network could be made for the containers: " + e.getMessage(),
            "does Docker run, and has it an address range left? docker network prune",
            e);
      }
      network = prefix + NETWORK;
    }
    return network;
  }

  /** For the watchdog; where there is no such program the next run does the same. */
  private List<String> undoCommand() {
    String script =
        "command -v docker >/dev/null || exit 0;"
            + " ids=$(docker ps -aq --filter \"label=$1\"); [ -z \"$ids\" ] || docker rm -fv $ids;"
            + " ids=$(docker network ls -q --filter \"label=$1\");"
            + " [ -z \"$ids\" ] || docker network rm $ids; true";
    return List.of("sh", "-c", script, "drillbook", SITE_LABEL + "=" + site.folder());
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
    List<String> left;
    try {
      left = Leftovers.remove(docker, site.folder().toString());
    } catch (RuntimeException e) {
      left =
          List.of(
              "the containers of " + site.folder() + " could not be removed: " + e.getMessage());
    }
    if (undo != null && left.isEmpty()) {
      undo.done();
    }
    return left;
  }

  @Override
  public List<String> describe() {
    return images.toolbox().stream()
        .map(image -> "scripts run in " + images.describe(image))
        .toList();
  }

  @Override
  public String howToEnd() {
    return "docker rm -fv $(docker ps -aq --filter label="
        + SITE_LABEL
        + "="
        + site.folder()
        + "); docker network rm "
        + network;
  }

  @Override
  public List<ProcessHandle> processes() {
    return List.of();
  }
}
