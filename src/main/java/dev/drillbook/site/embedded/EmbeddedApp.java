package dev.drillbook.site.embedded;

import dev.drillbook.plan.ComponentSpec;
import dev.drillbook.site.App;
import dev.drillbook.site.Command;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** An application process of its own, on a port that stays the same however often it is started. */
final class EmbeddedApp extends EmbeddedProcess implements App {
  private static final Duration READY_WITHIN = Duration.ofSeconds(60);
  private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(5);

  private final ComponentSpec.App spec;

  EmbeddedApp(ComponentSpec.App spec, EmbeddedSite site, Ports ports) {
    super(site, ports);
    this.spec = spec;
  }

  @Override
  public String describe() {
    return name() + ": " + site.host().describe(spec);
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
  public Path folder() {
    Path folder = site.makeFolder(site.folder().resolve(name()));
    site.host().share(folder);
    return folder;
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
  Map<String, String> addressVariables(String host, int atPort) {
    return Map.of(
        "HOST", host, "PORT", String.valueOf(atPort), "URL", "http://" + host + ":" + atPort);
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
    AppStart start = site.host().startOf(spec);
    URI direct = URI.create("http://127.0.0.1:" + port).resolve(spec.health());
    launch(
        command(start),
        start.folder(),
        environment(start),
        READY_WITHIN,
        new HttpAnswer(direct, ANSWERS_WITHIN)::await);
  }

  private List<String> command(AppStart start) {
    if (spec.command().isEmpty()) {
      return start.command();
    }
    return start.command().stream()
        .map(argument -> argument.replace("{folder}", folder().toString()))
        .toList();
  }

  @Override
  String stopSignal() {
    return "TERM";
  }

  @Override
  public Command script(String file, String... arguments) {
    return site.script(
        name(),
        file,
        List.of(arguments),
        () -> {
          Map<String, String> environment = site.host().environment();
          environment.putAll(site.addressEnvironment(name()));
          environment.put("APP_FOLDER", folder().toString());
          return environment;
        });
  }

  private Map<String, String> environment(AppStart start) {
    Map<String, String> environment = site.host().environment();
    environment.putAll(start.environment());
    environment.putAll(spec.environment());
    environment.put("PORT", String.valueOf(port));
    environment.put("BIND_ADDRESS", site.host().listenAddress());
    environment.put("APP_FOLDER", folder().toString());
    spec.needs().forEach(needed -> environment.putAll(site.addressEnvironment(needed)));
    return environment;
  }
}
