package dev.drillbook.site.embedded;

import dev.drillbook.plan.ComponentSpec;
import dev.drillbook.site.App;
import dev.drillbook.site.Command;
import dev.drillbook.timeline.DrillException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** An application process of its own, on a port that stays the same however often it is started. */
final class EmbeddedApp extends EmbeddedProcess implements App {
  private static final Duration READY_WITHIN = Duration.ofSeconds(60);
  private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(5);

  private final ComponentSpec.App spec;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(ANSWERS_WITHIN)
          .build();

  EmbeddedApp(ComponentSpec.App spec, EmbeddedSite site, Ports ports) {
    super(site, ports);
    this.spec = spec;
  }

  @Override
  public String describe() {
    return name() + ": " + String.join(" ", spec.command());
  }

  @Override
  public URI address() {
    return URI.create("http://127.0.0.1:" + clientPort());
  }

  @Override
  public URI health() {
    return address().resolve(spec.health());
  }

  @Override
  ComponentSpec.App spec() {
    return spec;
  }

  @Override
  void bringUp(double scale) {
    start();
  }

  @Override
  List<String> secrets() {
    return List.of();
  }

  @Override
  Map<String, String> addressVariables() {
    return Map.of(
        "HOST", "127.0.0.1", "PORT", String.valueOf(clientPort()), "URL", address().toString());
  }

  @Override
  String connection() {
    return "http://127.0.0.1:" + port;
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
    requireFreePort();
    List<String> command = EmbeddedSite.fillIn(spec.command());
    process = site.startChild(command, site.planFolder(), environment(), log());
    awaitAnswer();
  }

  private void awaitAnswer() {
    URI direct = URI.create("http://127.0.0.1:" + port).resolve(spec.health());
    long deadline = System.nanoTime() + READY_WITHIN.toNanos();
    while (true) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        throw notUp("does not answer on " + direct + " after " + READY_WITHIN.toSeconds() + " s");
      }
      try {
        http.send(
            HttpRequest.newBuilder(direct).timeout(ANSWERS_WITHIN).build(),
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
          environment.putAll(site.addressEnvironment(name()));
          return environment;
        });
  }

  private Map<String, String> environment() {
    Map<String, String> environment = site.baseEnvironment();
    environment.putAll(spec.environment());
    environment.put("PORT", String.valueOf(port));
    spec.needs().forEach(needed -> environment.putAll(site.addressEnvironment(needed)));
    return environment;
  }
}
