package dev.drillbook.plan;

import dev.drillbook.timeline.DurationText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Reads the levels of escalation. What it returns may only be called once the whole plan is known
 * to be without problems.
 */
final class EscalationReader {
  private EscalationReader() {}

  static List<Supplier<EscalationLevel>> read(List<MapReader> levels) {
    List<Supplier<EscalationLevel>> read = new ArrayList<>();
    Optional<Duration> before = Optional.empty();
    for (MapReader map : levels) {
      int place = read.size() + 1;
      Optional<Long> level = map.required("level", ValueType.COUNT);
      Optional<String> who = map.required("who", ValueType.TEXT);
      Optional<Duration> after = map.required("after", ValueType.DURATION_OR_NONE);
      map.refuseOtherKeys();
      if (level.isPresent() && level.get() != place) {
        map.problem(
            "level",
            ": 'level' is " + level.get() + " in place " + place,
            "number the levels 1, 2, 3, ... in the order in which they are called");
      }
      if (after.isPresent() && before.isPresent() && after.get().compareTo(before.get()) <= 0) {
        map.problem(
            "after",
            " is called after "
                + DurationText.of(after.get())
                + ", no later than the level before it, after "
                + DurationText.of(before.get()),
            "let each level be called later than the one before it");
      }
      before = after;
      read.add(() -> new EscalationLevel(place, who.orElseThrow(), after.orElseThrow()));
    }
    return List.copyOf(read);
  }
}
