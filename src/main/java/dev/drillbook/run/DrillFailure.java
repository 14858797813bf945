package dev.drillbook.run;

/**
 * A drill did not pass. The message says which objective or check, what was expected, and what was
 * found.
 */
public final class DrillFailure extends AssertionError {
  private static final long serialVersionUID = 1L;

  private final transient DrillRecord drill;

  DrillFailure(DrillRecord drill, String message) {
    super(message);
    this.drill = drill;
  }

  /** What it measured. */
  public DrillRecord drill() {
    return drill;
  }
}
