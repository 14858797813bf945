package dev.drillbook.site.embedded;

import dev.drillbook.plan.ComponentSpec;
import dev.drillbook.site.App;
import dev.drillbook.site.Command;
import dev.drillbook.site.Diagnosis;
import dev.drillbook.site.Redaction;
import dev.drillbook.timeline.DrillException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** An application process of its own, on a port that stays the same however often it is started. */
final class EmbeddedApp extends EmbeddedProcess implements App {
  private static final Duration READY_WITHIN = Duration.ofSeconds(60);
  private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(5);
  private static final int LOG_LINES = 12;

  private final ComponentSpec.App spec;
  private final EmbeddedSite site;
  private final int port;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(ANSWERS_WITHIN)
          .build();

  EmbeddedApp(ComponentSpec.App spec, EmbeddedSite site, int port) {
    this.spec = spec;
    this.site = site;
    this.port = port;
  }

  @Override
  public String name() {
    return spec.name();
  }

  @Override
  public String describe() {
    return name() + ": " + String.join(" ", spec.command());
  }

  @Override
  public URI address() {
    return URI.create("http://127.0.0.1:" + port);
  }

  @Override
  public URI health() {
    return address().resolve(spec.health());
  }

  ComponentSpec.App spec() {
    return spec;
  }

  /**
   * Returns once it answers on its health address, whatever it answers: whether it is well is for
   * the checks to say.
   */
  @Override
  public synchronized void start() {
    if (isRunning()) {
      return;
    }
    if (!FreePorts.isFree(port)) {
      throw new DrillException(
          name() + " cannot be started: another process listens on 127.0.0.1:" + port,
          "stop that process, or give the component another port in the plan");
    }
    List<String> command = spec.command().stream().map(EmbeddedApp::fillIn).toList();
    process = site.startChild(command, site.planFolder(), environment(), log());
    awaitAnswer();
  }

  private void awaitAnswer() {
    long deadline = System.nanoTime() + READY_WITHIN.toNanos();
    while (true) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        throw notUp();
      }
      try {
        http.send(
            HttpRequest.newBuilder(health()).timeout(ANSWERS_WITHIN).build(),
            HttpResponse.BodyHandlers.discarding());
        return;
      } catch (IOException notYet) {
        Pauses.millis(5);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new DrillException(
            "interrupted while " + name() + " was starting", "run the drill again", e);
      }
    }
  }

  private DrillException notUp() {
    Redaction redaction = new Redaction(site.secrets());
    List<String> tail = process.logTail(LOG_LINES).stream().map(redaction::clean).toList();
    String state =
        process.isAlive()
            ? "does not answer on " + health() + " after " + READY_WITHIN.toSeconds() + " s"
            : "ended with exit code " + process.exitCode();
    if (process.isAlive()) {
      process.killTree();
    }
    return new DrillException(
        name()
            + " did not come up: it "
            + state
            + "; its log ends with:\n    "
            + String.join("\n    ", tail),
        Diagnosis.of(tail, "see its log " + log()));
  }

  @Override
  String stopSignal() {
    return "TERM";
  }

  @Override
  public Command script(String file, String... arguments) {
    return site.script(
        file,
        List.of(arguments),
        () -> {
          Map<String, String> environment = site.baseEnvironment();
          environment.put(EmbeddedSite.variablePrefix(name()) + "URL", address().toString());
          return environment;
        });
  }

  String howToConnect() {
    return name()
        + " ("
        + (isRunning() ? "process " + process.pid() : "not running")
        + "): "
        + address();
  }

  private Map<String, String> environment() {
    Map<String, String> environment = site.baseEnvironment();
    environment.put("PORT", String.valueOf(port));
    spec.needs().forEach(needed -> environment.putAll(site.addressEnvironment(needed)));
    return environment;
  }

  private Path log() {
    return site.folder().resolve(name() + ".log");
  }

  private static String fillIn(String argument) {
    return argument
        .replace("{java}", Path.of(System.getProperty("java.home"), "bin", "java").toString())
        .replace("{classpath}", System.getProperty("java.class.path"));
  }
}
