package dev.drillbook.site.embedded;

import dev.drillbook.plan.ComponentSpec;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where the processes of a site run, and how they find each other. Files are the same ones at the
 * same paths, wherever that is.
 */
public interface Host {

  /** The site's kind, e.g. "embedded". */
  String name();

  /** Which programs play the stores. */
  Installations installations();

  /** The address that servers listen on. */
  String listenAddress();

  /** By which name processes of the site reach a component, past whatever disturbs the network. */
  String addressOf(String component);

  /** By which name they reach it as clients do. */
  String networkAddress();

  /** Starts what stands between clients and components, once. */
  Network startNetwork(long seed, Collection<Integer> clientPorts);

  /** A server of proxies that speaks Toxiproxy's API. */
  interface Network extends AutoCloseable {

    /** Where we reach its API. */
    InetSocketAddress api();

    /** For reports. */
    String describe();

    /** The address that its proxies listen on. */
    String listenAddress();

    @Override
    void close();
  }

  /** Where its processes find what is in the plan's folder. */
  Path planFolder();

  /** Whether a component could listen on its port, as far as we know. */
  boolean isFree(String component, int port);

  /** A new map of what every process of the site finds in its environment. */
  Map<String, String> environment();

  /** What of {@link #environment} must never appear in a report. */
  Set<String> secrets();

  /**
   * What runs as an app, with the plan's own command filled in.
   *
   * @throws dev.drillbook.timeline.DrillException if nothing can
   */
  AppStart startOf(ComponentSpec.App app);

  /** What runs as an app, for reports. */
  String describe(ComponentSpec.App app);

  /** The command of a plan, with the paths of a JVM and of our classes filled in. */
  List<String> fillIn(List<String> command);

  /** The command that runs {@code command} as whom servers run. */
  List<String> asServer(List<String> command);

  /** Gives a file or folder, and what is in it, to whom servers run as. */
  void own(Path path);

  /** Gives a folder to whom scripts run as. */
  void share(Path folder);

  /** What else of it belongs into reports, in lines. */
  List<String> describe();

  /** The command that ends all that it runs, for somebody who wants to be rid of a kept site. */
  String howToEnd();

  /** Whether a library of this machine can be loaded by its processes. */
  boolean hasOurLibraries();

  /**
   * Starts a server or app.
   *
   * @throws dev.drillbook.timeline.DrillException if it cannot be started, or the site is closed
   */
  Running start(Launch launch);

  /**
   * Starts a program of the team's, or a tool, that works on a component and ends.
   *
   * @param component whose programs it finds
   * @param isOfTheTeam whether it is a script of the team's, which may need tools of theirs
   * @throws IOException if it cannot be started
   */
  Process run(
      String component,
      boolean isOfTheTeam,
      List<String> program,
      Map<String, String> environment,
      Path folder)
      throws IOException;

  /** Refuses to bring anything back to a site whose files are gone. */
  void requireOpen();

  /**
   * Starts nothing any more, and ends what is not a process of this machine.
   *
   * @return what could not be ended, in words
   */
  List<String> close();

  /** The processes of this machine that it has started. */
  List<ProcessHandle> processes();
}
