package dev.drillbook.report;

import dev.drillbook.plan.DrillPlan;
import dev.drillbook.plan.Scenario;
import dev.drillbook.plan.Step;
import dev.drillbook.run.DrillObserver;
import dev.drillbook.run.DrillRecord;
import dev.drillbook.timeline.DrillClock;
import dev.drillbook.timeline.DurationText;
import dev.drillbook.timeline.Event;
import dev.drillbook.timeline.Tick;
import java.io.PrintStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Tells a drill's story while it runs, a line per event, each with the seconds since the drill's
 * start. One object follows one drill at a time.
 */
public final class ConsoleProgress implements DrillObserver {
  private final PrintStream out;
  private final Map<String, Duration> budgets = new HashMap<>();
  private final Map<String, Tick> stepsStarted = new HashMap<>();

  public ConsoleProgress(PrintStream out) {
    this.out = out;
  }

  @Override
  public synchronized void drillStarted(DrillPlan plan, Scenario scenario, String site) {
    budgets.clear();
    stepsStarted.clear();
    for (Step step : scenario.steps()) {
      budgets.put(step.id(), step.budget());
    }
    out.printf(
        Locale.ROOT,
        "%nDR drill %s/%s (%s) on %s: %s%n",
        plan.system(),
        scenario.id(),
        scenario.severity(),
        site,
        scenario.title());
  }

  @Override
  public synchronized void happened(DrillClock clock, Event event) {
    if (event instanceof Event.PhaseEnded) {
      return; // the next phase's line says so
    }
    if (event instanceof Event.StepStarted started) {
      stepsStarted.put(started.step(), started.at());
    }
    String text = EventText.of(event).replace("\n", "\n            ");
    out.printf(Locale.ROOT, "[%7.2f s] %s%s%n", event.at().nanos() / 1e9, text, elapsed(event));
  }

  @Override
  public synchronized void drillEnded(DrillRecord record) {
    out.println(FailureMessage.of(record));
    out.flush();
  }

  /** How long the step took that {@code event} ends; nothing for any other event. */
  private String elapsed(Event event) {
    if (event instanceof Event.StepEnded ended) {
      Tick started = stepsStarted.getOrDefault(ended.step(), ended.at());
      Duration budget = budgets.get(ended.step());
      return "  "
          + DurationText.of(ended.at().since(started))
          + (budget == null ? "" : " (budget " + DurationText.of(budget) + ")");
    }
    return "";
  }
}
