package dev.drillbook.plan;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Reads one scenario. What it returns may only be called once the whole plan is known to be without
 * problems.
 */
final class ScenarioReader {
  private static final ValueType<Severity> SEVERITY =
      ValueType.choice("a severity", List.of(Severity.values()), Severity::name);

  private final References references;
  private final ObjectiveReader objectives;

  /**
   * @param objectives has read all of the plan's
   */
  ScenarioReader(References references, ObjectiveReader objectives) {
    this.references = references;
    this.objectives = objectives;
  }

  Supplier<Scenario> read(String id, MapReader map) {
    Optional<String> title = map.required("title", ValueType.TEXT);
    Optional<Severity> severity = map.required("severity", SEVERITY);
    Optional<String> objective = map.optional("objective", references.objective());
    Optional<Duration> rto = map.required("rto", ValueType.DURATION);
    Optional<Duration> rpo = map.optional("rpo", ValueType.DURATION);
    Optional<String> backup = map.optional("backup", references.backup());
    Optional<Duration> detectedWithin = map.optional("detectedWithin", ValueType.DURATION);
    Optional<String> notDrilled = map.optional("notDrilled", ValueType.TEXT);
    List<StepReader.Draft> steps =
        map.requiredItems("steps", "step").stream().map(StepReader::read).toList();
    map.refuseOtherKeys();
    refuseDuplicates(steps);
    objective.ifPresent(name -> objectives.refuseLooser(map, name, rto, rpo));
    if (detectedWithin.isPresent() && map.peek("backup").isEmpty()) {
      map.problem(
          "detectedWithin",
          " has 'detectedWithin', but no 'backup' that must still be kept by then",
          "add backup: the policy that the recovery restores from, or remove detectedWithin");
    }
    boolean automated = steps.stream().anyMatch(StepReader.Draft::isAutomated);
    if (automated && map.holds("backup") && steps.stream().noneMatch(StepReader.Draft::restore)) {
      map.problem(
          "steps",
          " restores from a backup, but no step is marked 'restore: true'",
          "mark the step in which the data comes back, whose time is the restore's, or remove backup");
    }
    boolean allManual = !steps.isEmpty() && steps.stream().allMatch(StepReader.Draft::isManual);
    if (allManual && notDrilled.isEmpty()) {
      map.problem(
          "steps",
          " has no automated step, so that a drill would run nothing",
          "make a step automated, or say why in notDrilled: \"...\"");
    }
    return () ->
        new Scenario(
            id,
            title.orElseThrow(),
            severity.orElseThrow(),
            objective,
            rto.orElseThrow(),
            rpo,
            backup,
            detectedWithin,
            steps.stream().map(draft -> draft.step().get()).toList(),
            notDrilled);
  }

  private static void refuseDuplicates(List<StepReader.Draft> steps) {
    Map<String, Integer> lines = new HashMap<>();
    for (StepReader.Draft step : steps) {
      step.id()
          .map(id -> lines.putIfAbsent(id, step.map().line()))
          .ifPresent(
              first ->
                  step.map()
                      .problem(
                          "id",
                          " has the id of another step, on line " + first,
                          "ids are what drills and reports go by: rename one of the two"));
    }
  }
}
