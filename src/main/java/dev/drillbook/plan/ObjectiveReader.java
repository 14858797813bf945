package dev.drillbook.plan;

import dev.drillbook.timeline.DurationText;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Reads objectives, and holds scenarios against them. What it returns may only be called once the
 * whole plan is known to be without problems.
 */
final class ObjectiveReader {
  private static final ValueType<Objective.Priority> PRIORITY =
      ValueType.choice(
          "a priority",
          List.of(Objective.Priority.values()),
          priority -> priority.name().toLowerCase(Locale.ROOT));

  private record Promised(Optional<Duration> rto, Optional<Duration> rpo) {}

  private final Map<String, Promised> read = new HashMap<>();

  Supplier<Objective> read(String name, MapReader map) {
    Optional<Duration> rto = map.required("rto", ValueType.DURATION);
    Optional<Duration> rpo = map.optional("rpo", ValueType.DURATION);
    Optional<Objective.Priority> priority = map.optional("priority", PRIORITY);
    map.refuseOtherKeys();
    read.put(name, new Promised(rto, rpo));
    return () -> new Objective(name, rto.orElseThrow(), rpo, priority);
  }

  /** A scenario that stands for {@code objective} may promise more than it, but not less. */
  void refuseLooser(
      MapReader scenario, String objective, Optional<Duration> rto, Optional<Duration> rpo) {
    Promised promised = read.get(objective);
    if (promised == null) {
      return; // what it holds is no mapping, which is reported where it stands
    }
    refuseLonger(scenario, "rto", rto, objective, promised.rto());
    refuseLonger(scenario, "rpo", rpo, objective, promised.rpo());
    if (scenario.peek("rpo").isEmpty() && promised.rpo().isPresent()) {
      scenario.problem(
          "objective",
          " stands for the objective "
              + objective
              + ", whose rpo is "
              + DurationText.of(promised.rpo().get())
              + ", but has no 'rpo'",
          "add rpo: that or less, so that a drill judges it, or remove objective");
    }
  }

  private static void refuseLonger(
      MapReader scenario,
      String key,
      Optional<Duration> own,
      String objective,
      Optional<Duration> promised) {
    if (own.isPresent() && promised.isPresent() && own.get().compareTo(promised.get()) > 0) {
      scenario.problem(
          key,
          ": '"
              + key
              + "' is "
              + DurationText.of(own.get())
              + ", longer than the "
              + DurationText.of(promised.get())
              + " of the objective "
              + objective,
          "promise no less than the objective that the scenario stands for");
    }
  }
}
