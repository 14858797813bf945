package dev.drillbook.site;

/**
 * Where every fault says how it is undone before it acts, so that what a killed run has left in
 * force can be taken away by somebody else.
 */
public interface UndoJournal {

  /**
   * Writes it down. It is on disk when this returns.
   *
   * @throws dev.drillbook.timeline.DrillException if it cannot be; the fault must not act then
   */
  Entry write(Undo undo);

  /** What was written down. */
  interface Entry {

    /** Says that the fault has been taken away. */
    void done();
  }
}
