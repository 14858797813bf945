package dev.drillbook.junit;

import dev.drillbook.plan.DrillPlan;
import dev.drillbook.plan.PlanLoader;
import dev.drillbook.plan.Scenario;
import dev.drillbook.timeline.DrillException;
import dev.drillbook.timeline.Nearest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.ReflectionSupport;

/** The plans of one run, each loaded once, and held against the drills that name them. */
final class Plans {
  private final Map<Path, DrillPlan> loaded = new LinkedHashMap<>();

  /** The plan that {@link Drill#plan()} names. */
  synchronized DrillPlan plan(String name) {
    return loaded.computeIfAbsent(file(name), PlanLoader::load);
  }

  /** Every plan that was loaded, in that order. */
  synchronized List<DrillPlan> all() {
    return List.copyOf(loaded.values());
  }

  static Path file(String name) {
    return name.endsWith(".yaml") ? Path.of(name) : Path.of("drills", name, "plan.yaml");
  }

  /**
   * The scenario that {@code drill} names, after all drills of the plan, those in the package of
   * its folder's name and those beside {@code testClass}, were held against it: each must name a
   * scenario of it, each scenario must have a drill or say why it has none, and not both.
   */
  Scenario scenario(DrillPlan plan, Drill drill, Class<?> testClass) {
    Path file = file(drill.plan());
    holdAgainst(plan, file, new TreeSet<>(List.of(folderOf(file), testClass.getPackageName())));
    return plan.scenario(drill.scenario()).orElseThrow();
  }

  /**
   * Does so for every plan in {@code drills}, so that a system whose plan nobody drills is noticed.
   *
   * @throws DrillException if a plan is wrong, or it and its drills do not fit
   */
  void holdAllAgainstTheirDrills(Path drills) {
    if (!Files.isDirectory(drills)) {
      return;
    }
    try (Stream<Path> folders = Files.list(drills)) {
      for (Path folder : folders.sorted().toList()) {
        Path file = folder.resolve("plan.yaml");
        if (Files.isRegularFile(file)) {
          holdAgainst(plan(file.toString()), file, Set.of(folderOf(file)));
        }
      }
    } catch (IOException e) {
      throw new DrillException(
          drills + " cannot be listed: " + e.getMessage(), "check its owner", e);
    }
  }

  private static String folderOf(Path file) {
    return file.toAbsolutePath().getParent().getFileName().toString();
  }

  private static Set<String> drilled(Path file, String packageName) {
    Set<String> drilled = new TreeSet<>();
    // Asked for nonsense, such as the name of a folder that is none of a package, JUnit complains.
    if (!packageName.matches("[A-Za-z_][A-Za-z0-9_.]*")) {
      return drilled;
    }
    for (Class<?> type :
        ReflectionSupport.findAllClassesInPackage(
            packageName,
            type ->
                type.getPackageName().equals(packageName)
                    && AnnotationSupport.isAnnotated(type, Drill.class),
            name -> true)) {
      Drill drill = type.getAnnotation(Drill.class);
      if (file(drill.plan()).normalize().equals(file.normalize())) {
        drilled.add(drill.scenario());
      }
    }
    return drilled;
  }

  private static void holdAgainst(DrillPlan plan, Path file, Set<String> packages) {
    TreeSet<String> drilled = new TreeSet<>();
    packages.forEach(name -> drilled.addAll(drilled(file, name)));
    List<String> problems = new ArrayList<>();
    List<String> known = plan.scenarios().stream().map(Scenario::id).toList();
    for (String id : drilled) {
      if (!known.contains(id)) {
        problems.add(
            "a drill names the scenario '"
                + id
                + "', which the plan does not have; "
                + Nearest.hint(id, "it has", known));
      }
    }
    for (Scenario scenario : plan.scenarios()) {
      boolean hasDrill = drilled.contains(scenario.id());
      if (!hasDrill && scenario.notDrilled().isEmpty()) {
        problems.add(
            "the scenario '"
                + scenario.id()
                + "' has no drill in the package "
                + packages.stream().sorted().collect(Collectors.joining(" or ")));
      } else if (hasDrill && scenario.notDrilled().isPresent()) {
        problems.add(
            "the scenario '" + scenario.id() + "' has a drill, but the plan says notDrilled");
      }
    }
    if (!problems.isEmpty()) {
      throw new DrillException(
          plan.file() + " and its drills do not fit:\n  - " + String.join("\n  - ", problems),
          "add the drill, or say in the plan why there is none (notDrilled)");
    }
  }

  /**
   * Refuses a {@code drill.only} of which a part selects nothing: it would skip a drill that was
   * meant, and a run of nothing is green.
   */
  void checkSelection(DrillSettings settings, DrillPlan plan) {
    for (String wanted : settings.selections()) {
      checkSelected(wanted, plan);
    }
  }

  private void checkSelected(String wanted, DrillPlan plan) {
    int slash = wanted.indexOf('/');
    String system = slash < 0 ? wanted : wanted.substring(0, slash);
    DrillPlan selected = system.equals(plan.system()) ? plan : plan(requireSystem(system, plan));
    if (slash >= 0) {
      String id = wanted.substring(slash + 1);
      boolean drilled = selected.scenario(id).filter(s -> s.notDrilled().isEmpty()).isPresent();
      if (!drilled) {
        List<String> ids =
            selected.scenarios().stream()
                .filter(s -> s.notDrilled().isEmpty())
                .map(Scenario::id)
                .toList();
        throw new DrillException(
            "-Ddrill.only=" + wanted + " selects no drill",
            Nearest.hint(id, system + " has drills of", ids));
      }
    }
  }

  private static String requireSystem(String system, DrillPlan plan) {
    if (!file(system).toFile().exists()) {
      throw new DrillException(
          "-Ddrill.only names the system '" + system + "', but there is no " + file(system),
          Nearest.hint(system, "this drill's system is", List.of(plan.system())));
    }
    return system;
  }
}
