package dev.drillbook.objective;

import dev.drillbook.plan.BackupPolicy;
import dev.drillbook.plan.DrillPlan;
import dev.drillbook.plan.RecoveryPromise;
import dev.drillbook.plan.Scenario;
import dev.drillbook.timeline.DurationText;
import dev.drillbook.timeline.Finding;
import dev.drillbook.timeline.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Judges what a plan promises about backups that are kept: how far back its stores can be taken,
 * and whether damage is noticed before the last good backup is gone. A target is met from its value
 * on.
 */
public final class Keeping {
  private Keeping() {}

  /**
   * Every promise of recovery points in {@code plan}, and the scenario's detection, where it states
   * any.
   *
   * @param takes how long it is until a policy's backup can be restored
   */
  public static List<ObjectiveResult> judge(
      DrillPlan plan, Scenario scenario, Function<BackupPolicy, Duration> takes) {
    List<ObjectiveResult> results = new ArrayList<>();
    plan.promises().forEach(promise -> results.add(promise(plan, promise)));
    scenario
        .detectedWithin()
        .ifPresent(within -> results.add(detection(plan, scenario, within, takes)));
    return results;
  }

  private static ObjectiveResult promise(DrillPlan plan, RecoveryPromise promise) {
    String every = DurationText.of(promise.every());
    String name = "recovery points of " + promise.component() + " every " + every;
    String expected = "at any moment, back to an age of " + DurationText.of(promise.reachingBack());
    Optional<Coverage> coverage = Coverage.of(promise, plan.backupsOf(promise.component()));
    if (coverage.isEmpty()) {
      return unknown(name, promise.reachingBack(), expected);
    }
    String clock = "the age up to which no schedule and no retention leaves one out";
    Optional<Finding> finding =
        coverage
            .filter(result -> !result.holds())
            .map(
                result ->
                    Finding.fail(
                        name,
                        expected,
                        result.missingText(),
                        "keep backups for as long as that and their longest gap together, take"
                            + " them more often, or promise less"));
    return result(
        name,
        promise.reachingBack(),
        coverage.get().unbroken().orElse(Duration.ZERO),
        clock,
        finding);
  }

  private static ObjectiveResult detection(
      DrillPlan plan, Scenario scenario, Duration within, Function<BackupPolicy, Duration> takes) {
    String name = "unnoticed damage";
    String expected =
        "a recovery point from before it is still kept after " + DurationText.of(within);
    Optional<Duration> longest =
        scenario
            .backup()
            .flatMap(plan::backup)
            .map(BackupPolicy::component)
            .map(plan::backupsOf)
            .flatMap(policies -> Detection.longestUnnoticed(policies, takes, scenario.rpo()));
    if (longest.isEmpty()) {
      return unknown(name, within, expected);
    }
    Duration margin = longest.get().minus(within);
    String clock =
        "how long the last one is kept after the damage at the least: retention less the longest"
            + " gap and the time to take one";
    if (!margin.isNegative()) {
      String spare = ", " + DurationText.of(margin) + " to spare";
      return result(name, within, longest.get(), clock + spare, Optional.empty());
    }
    Finding finding =
        Finding.fail(
            name,
            expected,
            "the last one may be gone after "
                + DurationText.of(longest.get())
                + ", which is "
                + DurationText.of(margin.negated())
                + " too early",
            "keep backups longer, or notice damage sooner");
    return result(name, within, longest.get(), clock, Optional.of(finding));
  }

  private static ObjectiveResult result(
      String name, Duration target, Duration measured, String clock, Optional<Finding> finding) {
    Verdict verdict = finding.map(Finding::verdict).orElse(Verdict.PASS);
    return new ObjectiveResult(name, target, Optional.of(measured), clock, verdict, finding);
  }

  private static ObjectiveResult unknown(String name, Duration target, String expected) {
    Finding finding =
        Finding.unknown(
            name,
            expected,
            "no backup of it has a schedule",
            "write the schedule of its backups into the plan");
    return new ObjectiveResult(
        name,
        target,
        Optional.empty(),
        "schedules and retention",
        Verdict.UNKNOWN,
        Optional.of(finding));
  }
}
