package dev.drillbook.run;

import java.util.List;

/**
 * The end of a server's log when the drill was over, without any secret.
 *
 * @param component its name in the plan
 * @param lines the last ones, oldest first
 */
public record ComponentLog(String component, List<String> lines) {

  public ComponentLog {
    lines = List.copyOf(lines);
  }
}
