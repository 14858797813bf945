package dev.drillbook.site.embedded;

import dev.drillbook.timeline.DrillException;

/** The short waits of polling. */
final class Pauses {

  private Pauses() {}

  /** Waits; an interrupt ends the wait and whatever it was for. */
  static void millis(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DrillException("interrupted while waiting for a process", "run the drill again", e);
    }
  }
}
