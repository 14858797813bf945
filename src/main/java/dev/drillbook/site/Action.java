package dev.drillbook.site;

import java.time.Duration;

/**
 * Something that a recovery does: a command of the runbook, or a call such as {@code shop::stop}.
 */
@FunctionalInterface
public interface Action {

  /**
   * Does it.
   *
   * @throws Exception if it could not be done; the recovery has then failed
   */
  void perform() throws Exception;

  /**
   * Does it and writes down what it says.
   *
   * @param limit how long it may take; an action that cannot watch its own time leaves that to its
   *     caller, who interrupts it
   */
  default void perform(Transcript transcript, Duration limit) throws Exception {
    perform();
  }
}
