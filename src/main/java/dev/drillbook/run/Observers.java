package dev.drillbook.run;

import dev.drillbook.plan.DrillPlan;
import dev.drillbook.plan.Scenario;
import dev.drillbook.timeline.DrillClock;
import dev.drillbook.timeline.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Tells every observer, whatever becomes of the others: a full disk under one report must not cost
 * the verdict.
 */
final class Observers implements DrillObserver {
  private final List<DrillObserver> observers;
  private final List<RuntimeException> problems = new ArrayList<>();

  Observers(List<DrillObserver> observers) {
    this.observers = List.copyOf(observers);
  }

  @Override
  public void drillStarted(DrillPlan plan, Scenario scenario, String site) {
    tell(observer -> observer.drillStarted(plan, scenario, site));
  }

  @Override
  public void happened(DrillClock clock, Event event) {
    tell(observer -> observer.happened(clock, event));
  }

  @Override
  public void drillEnded(DrillRecord record) {
    tell(observer -> observer.drillEnded(record));
  }

  /** What observers threw. */
  synchronized List<RuntimeException> problems() {
    return List.copyOf(problems);
  }

  private void tell(Consumer<DrillObserver> news) {
    for (DrillObserver observer : observers) {
      try {
        news.accept(observer);
      } catch (RuntimeException e) {
        synchronized (this) {
          problems.add(e);
        }
      }
    }
  }
}
