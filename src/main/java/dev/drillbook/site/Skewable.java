package dev.drillbook.site;

import java.time.Duration;

/** Something whose own clock can be wrong, with nobody else's touched. */
public interface Skewable extends Component {

  /**
   * Lets its processes see a clock that is ahead of the machine's, or behind it. It is restarted
   * for that, and once more when it ends.
   *
   * @param ahead negative for a clock that is late
   * @throws dev.drillbook.timeline.DrillException if this machine cannot do so, with the reason;
   *     nothing has changed then
   */
  Skew skewClock(Duration ahead);

  /** A wrong clock. */
  interface Skew extends Disturbance {

    /** Whether the component's process sees it now. */
    boolean isSeen();
  }
}
