package dev.drillbook.junit;

import dev.drillbook.plan.DrillPlan;
import dev.drillbook.plan.Scenario;
import dev.drillbook.run.DoesNotApply;
import dev.drillbook.run.DrillFailure;
import dev.drillbook.run.DrillRecord;
import dev.drillbook.run.DrillRun;
import dev.drillbook.run.RecoveryChange;
import dev.drillbook.site.Site;
import dev.drillbook.timeline.Finding;
import dev.drillbook.timeline.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Runs one drill again and again, each time with something wrong in its recovery, and wants it red
 * each time: because of what it found, not because it could not be carried out.
 */
final class SabotageRuns {
  /** A drill that sees fewer kinds of bad recovery than this says little. */
  private static final int AT_LEAST = 3;

  private final Session session;
  private final DrillPlan plan;
  private final Scenario scenario;
  private final List<String> caught = new ArrayList<>();
  private final List<String> missed = new ArrayList<>();

  /** Declares the drill on a run, and carries it out. */
  interface Declaration {
    void on(DrillRun run) throws Throwable;
  }

  SabotageRuns(Session session, DrillPlan plan, Scenario scenario) {
    this.session = session;
    this.plan = plan;
    this.scenario = scenario;
  }

  /**
   * Runs it under each.
   *
   * @throws AssertionError that names every sabotage that it did not turn red on
   */
  void under(List<RecoveryChange> sabotages, Declaration drill) throws Throwable {
    for (RecoveryChange sabotage : sabotages) {
      try (Site site = session.site(plan)) {
        under(sabotage, new DrillRun(plan, scenario, site, session.sabotaged(sabotage)), drill);
      }
    }
    String name = plan.system() + "/" + scenario.id();
    session.sabotaged(
        "%s: caught %d of %d%s"
            .formatted(
                name, caught.size(), caught.size() + missed.size(), lines(caught) + lines(missed)));
    if (!missed.isEmpty()) {
      throw new AssertionError(name + " does not see every bad recovery:" + lines(missed));
    }
    if (sabotages.size() >= AT_LEAST && caught.size() < AT_LEAST) {
      throw new AssertionError(
          "%s can be sabotaged in %d ways only; give it checks that see more (at least %d)"
              .formatted(name, caught.size(), AT_LEAST));
    }
  }

  private static String lines(List<String> of) {
    return of.stream()
        .map(line -> System.lineSeparator() + "    " + line)
        .reduce("", String::concat);
  }

  private void under(RecoveryChange sabotage, DrillRun run, Declaration drill) throws Throwable {
    try {
      drill.on(run);
      missed.add(sabotage.name() + ": stays green");
    } catch (DoesNotApply nothingToSee) {
      // Not one of those that this drill is held to.
    } catch (DrillFailure red) {
      judge(sabotage, red.drill());
    }
  }

  private void judge(RecoveryChange sabotage, DrillRecord record) {
    TreeSet<String> by = new TreeSet<>();
    record.findings().stream()
        .filter(finding -> finding.verdict() == Verdict.FAIL)
        .map(Finding::subject)
        .forEach(by::add);
    if (record.steps().isEmpty() || by.isEmpty()) {
      missed.add(sabotage.name() + ": red, but for want of evidence: " + record.findings());
    } else {
      caught.add(sabotage.name() + ": by " + String.join(", ", by));
    }
  }
}
