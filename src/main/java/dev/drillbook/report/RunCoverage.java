package dev.drillbook.report;

import dev.drillbook.plan.DrillPlan;
import dev.drillbook.plan.Scenario;
import dev.drillbook.plan.Step;
import dev.drillbook.run.DrillRecord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;

/**
 * How much of the plans one run drilled. A scenario is drilled where each of its automated steps
 * was run by a drill of it, whatever the verdict.
 */
public final class RunCoverage {
  private final List<Selected> selected;
  private final Optional<String> only;

  /** One scenario that was selected, and what its drills left. */
  private record Selected(DrillPlan plan, Scenario scenario, List<DrillRecord> records) {
    String name() {
      return plan.system() + "/" + scenario.id();
    }

    boolean isOwed() {
      return scenario.notDrilled().isEmpty();
    }

    /** What no drill did, though one should have; empty where the scenario was drilled. */
    Optional<String> missing() {
      if (records.isEmpty()) {
        return Optional.of("no drill of it ran");
      }
      Set<String> ran =
          records.stream()
              .flatMap(record -> record.steps().stream())
              .map(step -> step.step().id())
              .collect(Collectors.toSet());
      List<String> left =
          scenario.automatedSteps().stream().map(Step::id).filter(id -> !ran.contains(id)).toList();
      return left.isEmpty()
          ? Optional.empty()
          : Optional.of("no drill came to " + String.join(", ", left));
    }
  }

  private RunCoverage(List<Selected> selected, Optional<String> only) {
    this.selected = selected;
    this.only = only;
  }

  /**
   * The coverage of a run.
   *
   * @param selects whether a system's scenario was selected
   * @param only what selected it, for people; empty where everything was
   */
  public static RunCoverage of(
      Collection<DrillPlan> plans,
      BiPredicate<String, String> selects,
      Optional<String> only,
      List<DrillRecord> records) {
    List<Selected> selected = new ArrayList<>();
    for (DrillPlan plan : plans) {
      for (Scenario scenario : plan.scenarios()) {
        if (selects.test(plan.system(), scenario.id())) {
          selected.add(
              new Selected(
                  plan,
                  scenario,
                  records.stream().filter(record -> isOf(record, plan, scenario)).toList()));
        }
      }
    }
    return new RunCoverage(List.copyOf(selected), only);
  }

  private static boolean isOf(DrillRecord record, DrillPlan plan, Scenario scenario) {
    return record.scenario().id().equals(scenario.id()) && file(record.plan()).equals(file(plan));
  }

  private static Path file(DrillPlan plan) {
    return plan.file().toAbsolutePath().normalize();
  }

  /** What a complete run lacks: a line for each drill that was selected and is not complete. */
  public List<String> missing() {
    return selected.stream()
        .filter(Selected::isOwed)
        .flatMap(one -> one.missing().stream().map(what -> one.name() + ": " + what))
        .toList();
  }

  /** How many scenarios were drilled, and why each of the others was not; ends with a newline. */
  public String text() {
    List<String> lines = new ArrayList<>();
    String notRun =
        selected.stream()
            .filter(one -> one.isOwed() && one.records().isEmpty())
            .map(Selected::name)
            .collect(Collectors.joining(", "));
    if (!notRun.isEmpty()) {
      lines.add("selected, but no drill ran: " + notRun);
    }
    for (Selected one : selected) {
      if (!one.isOwed()) {
        lines.add(one.name() + ": not drilled: " + one.scenario().notDrilled().orElseThrow());
      } else if (!one.records().isEmpty()) {
        one.missing().ifPresent(what -> lines.add(one.name() + ": " + what));
      }
    }
    long drilled = selected.stream().filter(one -> one.missing().isEmpty()).count();
    StringBuilder text = new StringBuilder();
    text.append(drilled).append(" of ").append(selected.size()).append(" scenarios drilled");
    only.ifPresent(what -> text.append(", of those that ").append(what).append(" selects"));
    text.append(missing().isEmpty() ? "\n" : "; the run is not complete\n");
    lines.forEach(line -> text.append("  ").append(line.strip().replace("\n", " ")).append('\n'));
    return text.toString();
  }
}
