package dev.drillbook.timeline;

/**
 * Drillbook cannot go on. The message says what was found and where; the hint says what to do next.
 * Neither holds a secret.
 */
public class DrillException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String problem;
  private final String hint;

  public DrillException(String problem, String hint) {
    this(problem, hint, null);
  }

  public DrillException(String problem, String hint, Throwable cause) {
    super(problem + System.lineSeparator() + "  hint: " + hint, cause);
    this.problem = problem;
    this.hint = hint;
  }

  /** What was found, and where. */
  public String problem() {
    return problem;
  }

  /** What to do next. */
  public String hint() {
    return hint;
  }
}
