package dev.drillbook.plan;

import dev.drillbook.timeline.DrillException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A plan cannot be used. The message lists everything that is wrong with it, file by file, in line
 * order.
 */
public final class PlanException extends DrillException {
  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  PlanException(List<Problem> problems) {
    super(
        problems.stream()
            .map(Problem::toString)
            .collect(Collectors.joining(System.lineSeparator())),
        problems.size() == 1
            ? "correct this problem; nothing has been run"
            : "correct these " + problems.size() + " problems; nothing has been run");
    this.problems = List.copyOf(problems);
  }

  /** All that was found, never just the first; file by file, in line order. */
  public List<Problem> problems() {
    return problems;
  }
}
