package dev.drillbook.site.containers;

import dev.drillbook.plan.ComponentSpec;
import dev.drillbook.plan.ComposeService;
import dev.drillbook.plan.DrillPlan;
import dev.drillbook.site.embedded.AppStart;
import dev.drillbook.timeline.DrillException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What runs as an app: the plan's command, else that of its service in the Compose file, else what
 * its image runs by itself.
 */
record AppStarts(DrillPlan plan, Images images) {

  /**
   * @param command the plan's own, filled in; empty for none
   * @param folder where that works
   * @throws DrillException if nobody says what to run
   */
  AppStart of(ComponentSpec.App app, List<String> command, Path folder) {
    Optional<ComposeService> service = service(app.name());
    Map<String, String> environment = service.map(ComposeService::environment).orElse(Map.of());
    if (!command.isEmpty()) {
      return new AppStart(command, folder, environment);
    }
    String image = images.of(app.name());
    return new AppStart(
        commandOf(app.name(), service, image),
        Path.of(service.flatMap(ComposeService::workingFolder).orElse(images.folder(image))),
        environment);
  }

  /** An entrypoint of the service's takes the image's arguments away too, as with Compose. */
  private List<String> commandOf(String app, Optional<ComposeService> service, String image) {
    Optional<List<String>> entrypoint = service.flatMap(ComposeService::entrypoint);
    Optional<List<String>> arguments = service.flatMap(ComposeService::command);
    List<String> command = new ArrayList<>(entrypoint.orElseGet(() -> images.entrypoint(image)));
    command.addAll(
        arguments.orElseGet(() -> entrypoint.isPresent() ? List.of() : images.command(image)));
    if (command.isEmpty()) {
      throw new DrillException(
          app
              + " has nothing to run: neither the plan nor its service has a command, nor has the image "
              + image,
          "write command: [program, argument, ...] in the plan or in the Compose file");
    }
    return command;
  }

  /** For reports; of a Compose file's command nothing, since secrets may be in it. */
  String describe(ComponentSpec.App app) {
    Optional<ComposeService> service = service(app.name());
    String what =
        app.command().isEmpty()
            ? service.map(ComposeService::toString).orElse("what its image runs")
            : String.join(" ", app.command());
    Set<String> unset = new TreeSet<>(service.map(ComposeService::unset).orElse(Set.of()));
    return what
        + ", image "
        + images.of(app.name())
        + (unset.isEmpty() ? "" : "; not set, and so left empty: " + String.join(", ", unset));
  }

  /** What variables have put into the services of the plan. */
  Set<String> secrets() {
    Set<String> secrets = new LinkedHashSet<>();
    plan.services().values().forEach(service -> secrets.addAll(service.secrets()));
    return secrets;
  }

  private Optional<ComposeService> service(String app) {
    return Optional.ofNullable(plan.services().get(app));
  }
}
