package processpilot;

import dev.drillbook.fault.Bite;
import dev.drillbook.site.App;
import dev.drillbook.site.Condition;
import dev.drillbook.site.ServiceAddress;
import dev.drillbook.timeline.DrillException;
import java.time.Duration;

/** Two releases of the backend behind one address. */
record Releases(ServiceAddress api, App previous, App released) {
  private static final Duration CRASHES_WITHIN = Duration.ofSeconds(20);

  /** Clients are led to the new release, and the previous one is shut down. */
  void deploy() {
    api.pointTo(released);
    previous.stop();
  }

  /** The release is bad once the load of real clients has brought it down. */
  Bite look() throws InterruptedException {
    awaitCrash();
    return new Bite(
        released.condition() == Condition.DOWN,
        released.name() + " is " + released.condition() + " under its clients' load");
  }

  /** Helps for a moment or not even that: the same load brings it down again. */
  void restartInVain() throws InterruptedException {
    awaitCrash();
    try {
      released.start();
    } catch (DrillException e) {
      // Its clients were quicker than its start.
    }
    awaitCrash();
  }

  private void awaitCrash() throws InterruptedException {
    long until = System.nanoTime() + CRASHES_WITHIN.toNanos();
    while (released.condition() != Condition.DOWN) {
      if (System.nanoTime() > until) {
        throw new DrillException(
            released.name() + " still runs after " + CRASHES_WITHIN.toSeconds() + " s",
            "the release that this drill is about does not hold; is KEEP_REQUESTS set?");
      }
      Thread.sleep(10);
    }
  }
}
