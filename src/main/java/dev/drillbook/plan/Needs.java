package dev.drillbook.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which component needs which; a circle of needs could never be started. */
final class Needs {
  private final Map<String, List<String>> needs = new LinkedHashMap<>();
  private final Map<String, MapReader> maps = new LinkedHashMap<>();

  void add(String component, List<String> needed, MapReader map) {
    needs.put(component, needed);
    maps.put(component, map);
  }

  /** Adds one problem to the first component of the file that is part of a circle. */
  void refuseCircles() {
    for (String component : needs.keySet()) {
      List<String> circle = new ArrayList<>(List.of(component));
      if (reaches(component, component, circle, new ArrayList<>())) {
        maps.get(component)
            .problem(
                "needs",
                " needs itself: " + String.join(" needs ", circle),
                "each is started after what it needs: remove one of these needs");
        return;
      }
    }
  }

  private boolean reaches(String from, String goal, List<String> path, List<String> seen) {
    for (String next : needs.getOrDefault(from, List.of())) {
      path.add(next);
      if (next.equals(goal)) {
        return true;
      }
      if (!seen.contains(next)) {
        seen.add(next);
        if (reaches(next, goal, path, seen)) {
          return true;
        }
      }
      path.remove(path.size() - 1);
    }
    return false;
  }
}
