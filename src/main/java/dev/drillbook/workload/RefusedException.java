package dev.drillbook.workload;

/** The system said no, or was never reached: the write certainly did not happen. */
public class RefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  public RefusedException(String message) {
    super(message);
  }
}
