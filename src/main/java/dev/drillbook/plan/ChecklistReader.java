package dev.drillbook.plan;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Reads the items of the checklist. What it returns may only be called once the whole plan is known
 * to be without problems.
 */
final class ChecklistReader {
  private final Map<String, Integer> lines = new HashMap<>();

  Supplier<ChecklistItem> read(MapReader map) {
    Optional<String> id = map.required("id", ValueType.ID);
    Optional<String> title = map.required("title", ValueType.TEXT);
    Optional<String> check = map.optional("check", ValueType.TEXT);
    Optional<String> role = map.optional("signOff", ValueType.TEXT);
    Optional<Duration> within = map.optional("within", ValueType.DURATION);
    map.refuseOtherKeys();
    id.map(name -> lines.putIfAbsent(name, map.line()))
        .ifPresent(
            first ->
                map.problem(
                    "id",
                    " has the id of another item, on line " + first,
                    "ids are what reports go by: rename one of the two"));
    if (map.holds("check") == map.holds("signOff")) {
      map.problem(
          "check",
          map.holds("check") ? " has both 'check' and 'signOff'" : " has no 'check' or 'signOff'",
          "write check: a check that drills run, or signOff: the role that signs for it");
    } else if (map.holds("check") && map.holds("within")) {
      map.problem(
          "within",
          " is checked by a drill, yet has 'within'",
          "only people's sign-off has a time limit: remove within");
    }
    return () ->
        role.<ChecklistItem>map(
                signs ->
                    new ChecklistItem.Signed(id.orElseThrow(), title.orElseThrow(), signs, within))
            .orElseGet(
                () ->
                    new ChecklistItem.Checked(
                        id.orElseThrow(), title.orElseThrow(), check.orElseThrow()));
  }
}
