package processpilot;

import dev.drillbook.fault.Bite;
import dev.drillbook.site.Action;
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
    awaitCrash(released).run();
    return new Bite(
        released.condition() == Condition.DOWN,
        released.name() + " is " + released.condition() + " under its clients' load");
  }

  /** A restart helps for a moment only: waits until the load has brought {@code app} down again. */
  static Crash awaitCrash(App app) {
    return () -> {
      long until = System.nanoTime() + CRASHES_WITHIN.toNanos();
      while (app.condition() != Condition.DOWN) {
        if (System.nanoTime() > until) {
          throw new DrillException(
              app.name() + " still runs after " + CRASHES_WITHIN.toSeconds() + " s",
              "the release that this drill is about does not hold; is KEEP_REQUESTS set?");
        }
        Thread.sleep(10);
      }
    };
  }

  /** Waiting for a crash, as a step of the recovery. */
  interface Crash extends Action {
    void run() throws InterruptedException;

    @Override
    default void perform() throws InterruptedException {
      run();
    }
  }
}
