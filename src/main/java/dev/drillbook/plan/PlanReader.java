package dev.drillbook.plan;

import dev.drillbook.timeline.Nearest;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Reads a whole plan from its tree. */
final class PlanReader {
  private final Path file;
  private final MapReader plan;
  private final Map<String, String> environment;
  private final Problems problems;

  /**
   * @param environment what the variables of a Compose file are looked for in
   */
  PlanReader(Path file, Yaml.Mapping root, Map<String, String> environment, Problems problems) {
    this.file = file;
    this.environment = environment;
    this.plan = new MapReader("the plan", root.line(), root, problems);
    this.problems = problems;
  }

  /**
   * @throws PlanException if reading added problems, or there were some before
   */
  DrillPlan read(List<Correction> corrections) {
    Optional<String> system = plan.required("system", ValueType.SYSTEM);
    Optional<String> title = plan.required("title", ValueType.TEXT);
    Map<String, MapReader> components =
        plan.requiredChildren("components", "component", ValueType.ID);
    Map<String, MapReader> objectives =
        plan.optionalChildren("objectives", "objective", ValueType.ID);
    List<MapReader> escalation = plan.optionalItems("escalation", "level");
    List<MapReader> checklist = plan.optionalItems("checklist", "item");
    Map<String, MapReader> backups = plan.optionalChildren("backups", "backup", ValueType.ID);
    Map<String, MapReader> scenarios = plan.requiredChildren("scenarios", "scenario", ValueType.ID);
    List<MapReader> promises = plan.optionalItems("recoveryPoints", "promise");
    Optional<MapReader> production = plan.optionalChild("production");
    Map<String, String> images = images(components);
    Optional<MapReader> compose = plan.optionalChild("compose");
    Map<String, MapReader> restoreChecks =
        plan.optionalChildren("restoreChecks", "restore check", ValueType.ID);
    plan.refuseOtherKeys();

    References references =
        new References(
            plan.names("components"),
            ofKind(ComponentKind.APP, components),
            ofKind(ComponentKind.ADDRESS, components),
            plan.names("backups"),
            plan.names("objectives"));
    PlanFiles files = new PlanFiles(file.toAbsolutePath().getParent());
    Set<String> ofServices = compose.map(map -> map.names("services")).orElse(Set.of());
    ComponentReader componentReader = new ComponentReader(references, files, ofServices);
    Map<String, Supplier<ComponentSpec>> componentSpecs = each(components, componentReader::read);
    componentReader.refuseWhatDoesNotFitTogether();
    Map<String, Supplier<BackupPolicy>> backupPolicies =
        each(backups, new BackupReader(references, files, backups)::read);
    ObjectiveReader objectiveReader = new ObjectiveReader();
    Map<String, Supplier<Objective>> promisedObjectives = each(objectives, objectiveReader::read);
    Map<String, Supplier<Scenario>> plannedScenarios =
        each(scenarios, new ScenarioReader(references, objectiveReader)::read);
    List<Supplier<EscalationLevel>> levels = EscalationReader.read(escalation);
    List<Supplier<ChecklistItem>> items =
        checklist.stream().map(new ChecklistReader()::read).toList();
    PromiseReader promiseReader = new PromiseReader(references, backups.values());
    List<Supplier<RecoveryPromise>> recoveryPromises =
        promises.stream().map(promiseReader::read).toList();
    Optional<DataSize> size = production.flatMap(PlanReader::size);
    ComposeReader composeReader =
        new ComposeReader(files, components, images.keySet(), environment, problems);
    Map<String, ComposeService> services = compose.map(composeReader::read).orElse(Map.of());
    Map<String, Supplier<RestoreCheck>> checks =
        each(restoreChecks, new RestoreCheckReader(references, files, backups, components)::read);
    problems.throwIfAny();

    Map<String, RestoreCheck> builtChecks = new LinkedHashMap<>();
    checks.forEach((policy, check) -> builtChecks.put(policy, check.get()));
    Map<String, ComponentSpec> built = new LinkedHashMap<>();
    componentSpecs.forEach((name, spec) -> built.put(name, spec.get()));
    return new DrillPlan(
        file,
        system.orElseThrow(),
        title.orElseThrow(),
        Collections.unmodifiableMap(built),
        backupPolicies.values().stream().map(Supplier::get).toList(),
        plannedScenarios.values().stream().map(Supplier::get).toList(),
        promisedObjectives.values().stream().map(Supplier::get).toList(),
        levels.stream().map(Supplier::get).toList(),
        items.stream().map(Supplier::get).toList(),
        recoveryPromises.stream().map(Supplier::get).toList(),
        size,
        images,
        services,
        Collections.unmodifiableMap(builtChecks),
        corrections);
  }

  /** By components, and by what else a site of containers has. */
  private Map<String, String> images(Map<String, MapReader> components) {
    Set<String> known = new LinkedHashSet<>(components.keySet());
    Set<String> addresses = ofKind(ComponentKind.ADDRESS, components);
    known.removeAll(addresses);
    known.addAll(DrillPlan.OTHER_IMAGES);
    Map<String, String> images = plan.optionalTexts("images", ValueType.ID);
    for (String name : images.keySet()) {
      if (!known.contains(name)) {
        plan.problem(
            "images",
            addresses.contains(name)
                ? "'" + name + "' is an address, which runs in no image"
                : "there is no component '" + name + "'",
            Nearest.hint(name, "images are of", List.copyOf(known)));
      }
    }
    return images;
  }

  private static Optional<DataSize> size(MapReader production) {
    Optional<DataSize> size = production.required("size", ValueType.SIZE);
    production.refuseOtherKeys();
    return size;
  }

  private static Set<String> ofKind(ComponentKind kind, Map<String, MapReader> components) {
    return components.entrySet().stream()
        .filter(entry -> entry.getValue().has("kind", kind.word()))
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  private static <T> Map<String, Supplier<T>> each(Map<String, MapReader> maps, Reader<T> reader) {
    Map<String, Supplier<T>> read = new LinkedHashMap<>();
    maps.forEach((name, map) -> read.put(name, reader.read(name, map)));
    return read;
  }

  @FunctionalInterface
  private interface Reader<T> {
    Supplier<T> read(String name, MapReader map);
  }
}
