package dev.drillbook.run;

import dev.drillbook.plan.DrillPlan;
import dev.drillbook.plan.Scenario;
import dev.drillbook.timeline.DrillClock;
import dev.drillbook.timeline.Event;

/** Sees a drill as it runs. Called from any thread; must be quick and must not throw. */
public interface DrillObserver {

  default void drillStarted(DrillPlan plan, Scenario scenario, String site) {}

  default void happened(DrillClock clock, Event event) {}

  /** The last call; the record is complete and frozen. */
  default void drillEnded(DrillRecord record) {}
}
