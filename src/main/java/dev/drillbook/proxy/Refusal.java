package dev.drillbook.proxy;

/** A command that cannot be carried out. Nothing has changed. */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Why a command cannot be carried out. */
  enum Reason {
    MALFORMED,
    UNKNOWN,
    ALREADY_THERE,
    FAILED
  }

  private final Reason reason;

  Refusal(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  Reason reason() {
    return reason;
  }
}
