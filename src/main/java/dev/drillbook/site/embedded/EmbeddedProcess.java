package dev.drillbook.site.embedded;

import dev.drillbook.site.Condition;
import dev.drillbook.site.Diagnosis;
import dev.drillbook.site.Redaction;
import dev.drillbook.site.Server;
import dev.drillbook.timeline.DrillException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What a component does alike, whatever its process is: it stops, dies, freezes and thaws. */
abstract class EmbeddedProcess extends EmbeddedComponent implements Server {
  private static final Duration STOPPED_WITHIN = Duration.ofSeconds(30);
  private static final int LOG_LINES = 12;

  /** Where the process listens; the same however often it is started. */
  final int port;

  /** The latest process; null before the first start. */
  volatile Running process;

  /** What it has logged. */
  private LogFile logFile;

  /** The latest process that has answered. */
  private volatile Running answered;

  /** What it is, or was, short of. */
  private final Map<Resource, ProcessLimits> shortages = new EnumMap<>(Resource.class);

  /** The clock that its processes see; null where it is the machine's. */
  private SkewedClock clock;

  EmbeddedProcess(EmbeddedSite site, Ports ports) {
    super(site, ports.client());
    this.port = ports.server();
  }

  /** The signal that asks the process to stop in good order, e.g. "TERM". */
  abstract String stopSignal();

  /** How somebody who wants to look at it gets in. */
  abstract String connection();

  @Override
  String upstream() {
    return site.host().addressOf(name()) + ":" + port;
  }

  @Override
  public synchronized void stop() {
    if (!isRunning()) {
      return;
    }
    if (!process.stop(stopSignal(), STOPPED_WITHIN)) {
      note("it did not stop within %d s, and was killed".formatted(STOPPED_WITHIN.toSeconds()));
    }
  }

  /** Into its log, where whoever wonders looks first. */
  private void note(String line) {
    try {
      Files.writeString(
          log(), "drillbook: " + line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new DrillException(
          log() + " could not be written: " + e.getMessage(), "is the disk full?", e);
    }
  }

  @Override
  public synchronized void kill() {
    requireRunning("killed");
    process.kill();
  }

  @Override
  public synchronized void pause() {
    requireRunning("paused");
    process.pause();
  }

  @Override
  public synchronized void resume() {
    if (process != null) {
      process.resume();
    }
  }

  @Override
  public Condition condition() {
    Running latest = process;
    if (latest == null || !latest.isAlive()) {
      return Condition.DOWN;
    }
    if (latest.isPaused()) {
      return Condition.PAUSED;
    }
    return answered == latest ? Condition.RUNNING : Condition.STARTING;
  }

  @Override
  public synchronized Shortage starve(Resource resource, long most) {
    requireRunning("starved");
    ProcessLimits before = shortages.get(resource);
    if (before != null && before.isInForce()) {
      throw new DrillException(
          name() + " is short of " + resource.option() + " already", "heal that fault first");
    }
    ProcessHandle handle =
        process
            .handle()
            .orElseThrow(
                () ->
                    new DrillException(
                        name() + " cannot be starved: this machine has no number for its process",
                        "drill another fault here, or this one on the embedded site"));
    ProcessLimits limits = ProcessLimits.of(handle, resource, most);
    shortages.put(resource, limits);
    return limits;
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
   * Starts its process, with the clock that it has.
   *
   * @param asServer as in {@link Launch}
   */
  void startProcess(
      List<String> command, boolean asServer, Path folder, Map<String, String> environment) {
    Map<String, String> last = clock == null ? Map.of() : clock.environment();
    logFile = LogFile.from(log());
    process =
        site.host()
            .start(new Launch(name(), command, asServer, environment, last, folder, log(), port));
    if (clock != null) {
      process.handle().map(ProcessHandle::pid).ifPresent(clock::started);
    }
  }

  @Override
  public synchronized Skew skewClock(Duration ahead) {
    requireRunning("given another clock");
    if (clock != null) {
      throw new DrillException(name() + " has another clock already", "heal that fault first");
    }
    SkewedClock skewed = new SkewedClock(this, ahead, site.undoJournal());
    stop();
    clock = skewed;
    try {
      start();
    } catch (DrillException e) {
      endSkew(skewed);
      start();
      throw e;
    }
    return skewed;
  }

  /** With the machine's clock from now on; restarted if it runs. */
  synchronized void endSkew(SkewedClock skewed) {
    if (clock == skewed) {
      clock = null;
      boolean runs = isRunning();
      stop();
      if (runs) {
        start();
      }
    }
    skewed.remove();
  }

  /** To be told that the process that was started has answered. */
  void answered() {
    answered = process;
  }

  /** A question that is answered once it serves. */
  interface Question {
    void ask() throws IOException;
  }

  /**
   * Starts its process, and returns once that answers.
   *
   * @throws DrillException if somebody else has its port, or it does not answer within {@code
   *     limit}
   */
  void launch(
      List<String> command,
      Path folder,
      Map<String, String> environment,
      Duration limit,
      Question question) {
    if (!site.host().isFree(name(), port)) {
      throw new DrillException(
          name() + " cannot be started: another process listens on 127.0.0.1:" + port,
          "stop that process, or give the component another port in the plan");
    }
    startProcess(command, false, folder, environment);
    long deadline = System.nanoTime() + limit.toNanos();
    while (true) {
      try {
        question.ask();
        answered();
        return;
      } catch (IOException e) {
        if (!process.isAlive() || System.nanoTime() > deadline) {
          throw notUp("does not answer: " + e.getMessage());
        }
        Pauses.millis(2);
      }
    }
  }

  @Override
  public InetSocketAddress directAddress() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  Path log() {
    return site.folder().resolve(name() + ".log");
  }

  @Override
  String howToConnect() {
    String state = isRunning() ? process.describe() : "not running";
    return name() + " (" + state + "): " + connection();
  }

  @Override
  public List<String> logTail(int lines) {
    if (process == null) {
      return List.of();
    }
    Redaction redaction = new Redaction(site.secrets());
    return logFile.tail(lines).stream().map(redaction::clean).toList();
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
      process.kill();
    }
    return new DrillException(
        "%s did not come up on 127.0.0.1:%s; it %s; its log ends with:\n    %s"
            .formatted(name(), port, state, String.join("\n    ", tail)),
        Diagnosis.of(tail, "see its log " + log()));
  }
}
