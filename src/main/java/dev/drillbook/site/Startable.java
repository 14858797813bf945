package dev.drillbook.site;

/** Something that an operator starts and stops. */
public interface Startable extends Component {

  /**
   * Starts it and returns once it answers.
   *
   * @throws dev.drillbook.timeline.DrillException if it does not; the message holds the end of its
   *     log
   */
  void start();

  /**
   * Stops it in good order, and by force if that takes too long. Does nothing if it does not run.
   */
  void stop();
}
