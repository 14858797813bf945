package dev.drillbook.fault;

/** One disaster. */
public interface Fault {

  /** A few words, e.g. "kill db". */
  String name();

  /**
   * Makes it happen and returns once it has taken effect. How it is undone is in the scene's
   * journal before it acts.
   *
   * @throws dev.drillbook.timeline.DrillException if it could not; nothing is half-injected then
   */
  ActiveFault inject(Scene scene);
}
