package dev.drillbook.site.embedded;

import java.time.Duration;
import java.util.Optional;

/** A server or app that was started, with everything that it has started in turn. */
public interface Running {

  /** What to look for to see it, e.g. "process 4711". */
  String describe();

  /** Whether its main process is there. */
  boolean isAlive();

  /** Whether all of it was paused and not resumed. */
  boolean isPaused();

  /** How its main process has ended. */
  int exitCode();

  /**
   * Asks it to end; returns once all of it has.
   *
   * @param signal which it takes for that, e.g. "TERM"
   * @param limit after which it is killed
   * @return whether it did by itself
   */
  boolean stop(String signal, Duration limit);

  /**
   * SIGKILL to all of it; returns once it is gone.
   *
   * @throws dev.drillbook.timeline.DrillException if it is not after 10 s
   */
  void kill();

  /** Freezes all of it. */
  void pause();

  /** Lets it go on; does nothing where it is gone, or was not paused. */
  void resume();

  /** Its main process, where this machine has a number for it and it still runs. */
  Optional<ProcessHandle> handle();
}
