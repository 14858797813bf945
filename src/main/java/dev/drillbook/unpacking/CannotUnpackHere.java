package dev.drillbook.unpacking;

import dev.drillbook.timeline.DrillException;

/** What a backup is like is not known, since this machine lacks what it takes to find out. */
public final class CannotUnpackHere extends DrillException {
  private static final long serialVersionUID = 1L;

  CannotUnpackHere(String problem, String hint) {
    super(problem, hint);
  }

  CannotUnpackHere(String problem, String hint, Throwable cause) {
    super(problem, hint, cause);
  }
}
