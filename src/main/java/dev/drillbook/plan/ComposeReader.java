package dev.drillbook.plan;

import dev.drillbook.timeline.Nearest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads which services of the team's own Compose file play components of the plan. */
final class ComposeReader {
  private static final ValueType<String> SERVICE =
      new ValueType<>("the name of a service of the Compose file", ValueType.TEXT.parser());

  private static final Map<String, String> OF_THE_PLAN =
      Map.of("POSTGRES_DB", "database", "POSTGRES_USER", "user");

  private final PlanFiles files;
  private final Map<String, MapReader> components;
  private final Set<String> withImages;
  private final Map<String, String> environment;
  private final Problems problems;

  /**
   * @param components of the plan, all of which have been read
   * @param withImages those that the plan names an image of
   * @param environment what variables are looked for in first
   */
  ComposeReader(
      PlanFiles files,
      Map<String, MapReader> components,
      Set<String> withImages,
      Map<String, String> environment,
      Problems problems) {
    this.files = files;
    this.components = components;
    this.withImages = withImages;
    this.environment = environment;
    this.problems = problems;
  }

  /** By component. */
  Map<String, ComposeService> read(MapReader compose) {
    Optional<String> name = compose.required("file", files.file());
    Optional<MapReader> mapped = compose.requiredChild("services");
    compose.refuseOtherKeys();
    if (mapped.filter(mapping -> mapping.names().isEmpty()).isPresent()) {
      compose.problem("services", ": 'services' maps nothing", "write {component: service}");
    }
    Map<String, String> services = new LinkedHashMap<>();
    mapped.ifPresent(
        mapping ->
            mapping
                .names()
                .forEach(
                    component -> {
                      Optional<String> service = mapping.required(component, SERVICE);
                      if (isPlayed(component, mapping)) {
                        service.ifPresent(named -> services.put(component, named));
                      }
                    }));
    Optional<ComposeFile> file =
        name.flatMap(path -> ComposeFile.read(files.path(path), environment, problems));
    Map<String, ComposeService> read = new LinkedHashMap<>();
    if (file.isPresent()) {
      services.forEach(
          (component, service) ->
              service(file.get(), component, service, mapped.orElseThrow())
                  .ifPresent(found -> read.put(component, found)));
    }
    return read;
  }

  private boolean isPlayed(String component, MapReader mapping) {
    MapReader known = components.get(component);
    if (known == null) {
      mapping.problem(
          component,
          ": there is no component '" + component + "'",
          Nearest.hint(component, "the plan declares:", List.copyOf(components.keySet())));
      return false;
    }
    if (known.has("kind", ComponentKind.ADDRESS.word())) {
      mapping.problem(
          component,
          ": '" + component + "' is an address, which no service plays",
          "map what it leads to");
      return false;
    }
    return true;
  }

  private Optional<ComposeService> service(
      ComposeFile file, String component, String service, MapReader mapping) {
    Yaml.Entry declared = file.services().get(service);
    if (declared == null) {
      mapping.problem(
          component,
          ": " + file.name() + " has no service '" + service + "'",
          Nearest.hint(service, "its services are:", List.copyOf(file.services().keySet()))
              + (file.includesOthers()
                  ? "; files that it includes are not read: name the one that has the service"
                  : ""));
      return Optional.empty();
    }
    MapReader known = components.get(component);
    ComposeServiceReader reader = new ComposeServiceReader(file, service, declared);
    reader.refuseWhatIsElsewhere();
    Optional<String> image = reader.image(!withImages.contains(component));
    if (known.has("kind", ComponentKind.POSTGRES.word())) {
      refuseAnotherDatabase(file, component, service, reader);
    }
    boolean isApp = known.has("kind", ComponentKind.APP.word());
    boolean runs = isApp && !known.holds("command");
    Map<String, String> variables = isApp ? reader.environment() : Map.of();
    Optional<List<String>> entrypoint = runs ? reader.words("entrypoint") : Optional.empty();
    Optional<List<String>> command = runs ? reader.words("command") : Optional.empty();
    reader.refuseNothingToRun(entrypoint, command);
    Optional<String> folder = runs ? reader.workingFolder() : Optional.empty();
    return Optional.of(
        new ComposeService(
            service,
            file.name(),
            image,
            variables,
            entrypoint,
            command,
            folder,
            reader.secrets(),
            reader.unset()));
  }

  /** A drill of another database than production's would prove nothing about that. */
  private void refuseAnotherDatabase(
      ComposeFile file, String component, String service, ComposeServiceReader reader) {
    MapReader known = components.get(component);
    reader
        .variables(OF_THE_PLAN.keySet())
        .forEach(
            (variable, value) -> {
              String key = OF_THE_PLAN.get(variable);
              String planned = known.peek(key).orElse("");
              String found = value.value().text();
              if (planned.isBlank() || found.isEmpty() || found.equals(planned.strip())) {
                return;
              }
              file.problems()
                  .add(
                      value.line(),
                      "service %s has %s %s, but component %s has the %s '%s': %s"
                          .formatted(
                              service,
                              variable,
                              value.value().isLiteral()
                                  ? "'" + found + "'"
                                  : "another, from a variable",
                              component,
                              key,
                              planned,
                              known.place(key)),
                      "let both name the same " + key);
            });
  }
}
