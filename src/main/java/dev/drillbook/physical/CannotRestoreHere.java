package dev.drillbook.physical;

import dev.drillbook.timeline.DrillException;

/** What a backup is like is not known, since this machine cannot, or must not, restore it. */
public final class CannotRestoreHere extends DrillException {
  private static final long serialVersionUID = 1L;

  CannotRestoreHere(String problem, String hint) {
    super(problem, hint);
  }

  CannotRestoreHere(String problem, String hint, Throwable cause) {
    super(problem, hint, cause);
  }
}
