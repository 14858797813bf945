package dev.drillbook.plan;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** A Compose file, its services unread, and the variables that are filled into them. */
final class ComposeFile {
  private static final YamlFile.Expectation SERVICES =
      new YamlFile.Expectation(
          "the Compose file", "begin with 'services:', and name each below it");

  private final Path file;
  private final Yaml.Mapping root;
  private final Map<String, Yaml.Entry> services;
  private final Problems problems;
  private final Map<String, String> environment;
  private final Map<String, Expanded> dotEnv;

  private ComposeFile(
      Path file,
      Yaml.Mapping root,
      Map<String, Yaml.Entry> services,
      Map<String, String> environment,
      Problems problems) {
    this.file = file;
    this.root = root;
    this.services = services;
    this.problems = problems;
    this.environment = environment;
    Path beside = file.resolveSibling(".env");
    this.dotEnv =
        Files.isRegularFile(beside)
            ? DotEnv.read(beside, this::fromEnvironment, problems)
            : Map.of();
  }

  /**
   * Reads a file that is there; empty, with problems added, if it is no Compose file.
   *
   * @param environment which goes before the {@code .env} beside the file
   */
  static Optional<ComposeFile> read(Path file, Map<String, String> environment, Problems all) {
    Problems problems = all.in(file);
    Optional<Yaml.Mapping> root = YamlFile.read(file, SERVICES, problems);
    if (root.isEmpty()) {
      return Optional.empty();
    }
    Yaml.Entry services = root.get().entries().get("services");
    if (services == null || !(services.value() instanceof Yaml.Mapping named)) {
      problems.add(
          services == null ? 1 : services.line(),
          services == null
              ? "the Compose file has no 'services'"
              : "'services' is " + services.value().kind() + ", not a mapping of names",
          "name each service below 'services:'");
      return Optional.empty();
    }
    return Optional.of(new ComposeFile(file, root.get(), named.entries(), environment, problems));
  }

  Path path() {
    return file;
  }

  String name() {
    return file.getFileName().toString();
  }

  Map<String, Yaml.Entry> services() {
    return services;
  }

  /** Whether other files have services of the same project. */
  boolean includesOthers() {
    return root.entries().containsKey("include");
  }

  Problems problems() {
    return problems;
  }

  /** What a variable is set to; empty where it is not. */
  Optional<Expanded> variable(String name) {
    return fromEnvironment(name).or(() -> Optional.ofNullable(dotEnv.get(name)));
  }

  private Optional<Expanded> fromEnvironment(String name) {
    return Optional.ofNullable(environment.get(name)).map(Expanded::literal);
  }

  Interpolation interpolation() {
    return new Interpolation(this::variable, ".env beside " + name());
  }
}
