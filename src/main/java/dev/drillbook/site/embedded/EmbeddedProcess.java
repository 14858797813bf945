package dev.drillbook.site.embedded;

import dev.drillbook.plan.ComponentSpec;
import dev.drillbook.site.Condition;
import dev.drillbook.site.Diagnosis;
import dev.drillbook.site.Redaction;
import dev.drillbook.site.Server;
import dev.drillbook.timeline.DrillException;
import eu.rekawek.toxiproxy.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What a component does alike, whatever its process is: it stops, dies, freezes and thaws. */
abstract class EmbeddedProcess implements Server {
  private static final Duration STOPPED_WITHIN = Duration.ofSeconds(10);
  private static final int LOG_LINES = 12;

  final EmbeddedSite site;

  /** Where the process listens; the same however often it is started. */
  final int port;

  private final int clientPort;

  /** The latest process; null before the first start. */
  ChildProcess process;

  EmbeddedProcess(EmbeddedSite site, Ports ports) {
    this.site = site;
    this.port = ports.server();
    this.clientPort = ports.client();
  }

  abstract ComponentSpec spec();

  /** The signal that asks the process to stop in good order, e.g. "TERM". */
  abstract String stopSignal();

  /** Makes it serve, with the plan's schema and seed data, from nothing. */
  abstract void bringUp(double scale);

  /** What must never appear in a transcript, report or record. */
  abstract List<String> secrets();

  /** What every component that needs this one is told, by the ends of the variables' names. */
  abstract Map<String, String> addressVariables();

  /** How somebody who wants to look at it gets in. */
  abstract String connection();

  @Override
  public String name() {
    return spec().name();
  }

  @Override
  public synchronized void stop() {
    if (!isRunning()) {
      return;
    }
    process.signal(stopSignal());
    if (!process.awaitExit(STOPPED_WITHIN)) {
      process.killTree();
    }
  }

  @Override
  public synchronized void kill() {
    requireRunning("killed");
    process.killTree();
  }

  @Override
  public synchronized void pause() {
    requireRunning("paused");
    process.signalTree("STOP");
  }

  @Override
  public synchronized void resume() {
    if (process != null) {
      process.signalTree("CONT");
    }
  }

  @Override
  public Condition condition() {
    ChildProcess latest = process;
    if (latest == null || !latest.isAlive()) {
      return Condition.DOWN;
    }
    return Signals.isStopped(latest.handle()) ? Condition.PAUSED : Condition.RUNNING;
  }

  @Override
  public synchronized List<Limit> limits(Resource resource, long most) {
    requireRunning("starved");
    return ProcessLimits.of(process.tree(), resource, most);
  }

  boolean isRunning() {
    return process != null && process.isAlive();
  }

  void requireRunning(String done) {
    if (!isRunning()) {
      throw new DrillException(
          name() + " cannot be " + done + ": it does not run", "start it before the disaster");
    }
  }

  /**
   * Refuses to start a server that could not listen.
   *
   * @throws DrillException if somebody else has its port
   */
  void requireFreePort() {
    if (!FreePorts.isFree(port)) {
      throw new DrillException(
          name() + " cannot be started: another process listens on 127.0.0.1:" + port,
          "stop that process, or give the component another port in the plan");
    }
  }

  int clientPort() {
    return clientPort;
  }

  @Override
  public InetSocketAddress clientAddress() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), clientPort);
  }

  @Override
  public InetSocketAddress directAddress() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  @Override
  public Proxy link() {
    return site.network().link(name());
  }

  Path log() {
    return site.folder().resolve(name() + ".log");
  }

  String howToConnect() {
    String state = isRunning() ? "process " + process.pid() : "not running";
    return name() + " (" + state + "): " + connection();
  }

  @Override
  public List<String> logTail(int lines) {
    if (process == null) {
      return List.of();
    }
    Redaction redaction = new Redaction(site.secrets());
    return process.logTail(lines).stream().map(redaction::clean).toList();
  }

  /**
   * Ends what is left of a process that was started in vain.
   *
   * @param ifAlive what is wrong with it if it runs, e.g. "does not answer"
   */
  DrillException notUp(String ifAlive) {
    List<String> tail = logTail(LOG_LINES);
    String state =
        process.isAlive()
            ? new Redaction(site.secrets()).clean(ifAlive)
            : "ended with exit code " + process.exitCode();
    if (process.isAlive()) {
      process.killTree();
    }
    return new DrillException(
        "%s did not come up on 127.0.0.1:%s; it %s; its log ends with:\n    %s"
            .formatted(name(), port, state, String.join("\n    ", tail)),
        Diagnosis.of(tail, "see its log " + log()));
  }
}
