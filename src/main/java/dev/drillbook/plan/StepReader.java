package dev.drillbook.plan;

import dev.drillbook.timeline.DurationText;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** Reads one step of a scenario. */
final class StepReader {
  private static final ValueType<Step.Kind> KIND =
      ValueType.choice(
          "a kind of step",
          List.of(Step.Kind.values()),
          kind -> kind.name().toLowerCase(Locale.ROOT));

  private StepReader() {}

  /**
   * What could be read of a step.
   *
   * @param step the whole; to be called only once the plan is known to be without problems
   */
  record Draft(
      MapReader map,
      Optional<String> id,
      Optional<Step.Kind> kind,
      boolean restore,
      Supplier<Step> step) {

    boolean isAutomated() {
      return is(kind, Step.Kind.AUTOMATED);
    }

    boolean isManual() {
      return is(kind, Step.Kind.MANUAL);
    }
  }

  static Draft read(MapReader map) {
    Optional<String> id = map.required("id", ValueType.ID);
    Optional<String> title = map.optional("title", ValueType.TEXT);
    Optional<Step.Kind> kind = map.required("kind", KIND);
    Optional<Duration> budget = map.required("budget", ValueType.DURATION);
    Optional<Duration> declared = declared(map, kind);
    boolean restore = map.isTrue("restore");
    if (declared.isPresent() && budget.isPresent()) {
      fits(map, declared.get(), budget.get());
    }
    if (restore && is(kind, Step.Kind.MANUAL)) {
      map.problem(
          "restore",
          " is manual, yet marked 'restore: true'",
          "only what a drill runs has restore clocks: make it automated, or remove the mark");
    }
    map.refuseOtherKeys();
    Supplier<Step> step =
        () ->
            new Step(
                id.orElseThrow(),
                title.orElseGet(() -> titleOf(id.orElseThrow())),
                kind.orElseThrow(),
                budget.orElseThrow(),
                declared,
                restore);
    return new Draft(map, id, kind, restore, step);
  }

  private static Optional<Duration> declared(MapReader map, Optional<Step.Kind> kind) {
    if (is(kind, Step.Kind.MANUAL)) {
      return map.required("declared", ValueType.DURATION);
    }
    Optional<Duration> declared = map.optional("declared", ValueType.DURATION);
    if (declared.isPresent() && kind.isPresent()) {
      map.problem(
          "declared",
          " is automated, yet has a 'declared' duration",
          "a drill measures it: remove 'declared', or make the step manual");
    }
    return declared;
  }

  private static void fits(MapReader map, Duration declared, Duration budget) {
    if (declared.compareTo(budget) > 0) {
      map.problem(
          "declared",
          " is declared to take "
              + DurationText.of(declared)
              + ", more than its budget of "
              + DurationText.of(budget),
          "raise the budget, or declare what really happens");
    }
  }

  private static boolean is(Optional<Step.Kind> kind, Step.Kind wanted) {
    return kind.filter(wanted::equals).isPresent();
  }

  private static String titleOf(String id) {
    String words = id.replace('-', ' ');
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }
}
