package dev.drillbook.objective;

import dev.drillbook.plan.Scenario;
import dev.drillbook.timeline.DurationText;
import dev.drillbook.timeline.Finding;
import dev.drillbook.timeline.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Holds what was measured against what the plan promises. A target is met up to and including its
 * value.
 */
public final class Objectives {
  private static final String RTO_CLOCK =
      "from the fault to the first of the stable probes, as a client saw it, and the manual steps' declared time";
  private static final String ACTUAL_CLOCK =
      "from the acknowledgement of the oldest lost write to the fault, or to the newest lost one";

  private Objectives() {}

  /**
   * The objectives of {@code scenario}, judged; RPO only where the scenario has one, and its worst
   * case only where there is a backup to go back to.
   *
   * @param restoresFromBackup whether the scenario names a backup, or its drill took one
   */
  public static List<ObjectiveResult> judge(
      Scenario scenario, boolean restoresFromBackup, Optional<Outage> outage, DataLoss loss) {
    List<ObjectiveResult> results = new ArrayList<>();
    results.add(
        judge(
            "RTO",
            scenario.rto(),
            outage.map(Outage::withManualSteps),
            RTO_CLOCK,
            "shorten the longest phase of the timeline, or change the promise"));
    scenario
        .rpo()
        .ifPresent(
            rpo -> {
              results.add(
                  judge(
                      "RPO actual",
                      rpo,
                      loss.actual(),
                      ACTUAL_CLOCK,
                      "a newer recovery point is needed: was the newest backup used?"));
              if (restoresFromBackup) {
                results.add(worstCase(rpo, loss.worst()));
              }
            });
    return results;
  }

  private static ObjectiveResult worstCase(Duration rpo, Optional<WorstCase> worst) {
    String name = "RPO worst case";
    String clock = worst.map(WorstCase::reason).orElse("the schedules of the store's backups");
    if (worst.isPresent() && worst.get().loss().isEmpty()) {
      Finding finding =
          Finding.fail(
              name,
              "at most " + DurationText.of(rpo),
              "everything: " + clock,
              "keep a backup until the next one is complete");
      return new ObjectiveResult(
          name, rpo, Optional.empty(), clock, Verdict.FAIL, Optional.of(finding));
    }
    return judge(
        name,
        rpo,
        worst.flatMap(WorstCase::loss),
        clock,
        "take backups more often than the RPO, so that gap and duration fit into it");
  }

  private static ObjectiveResult judge(
      String name, Duration target, Optional<Duration> measured, String clock, String hint) {
    if (measured.isEmpty()) {
      Finding finding =
          Finding.unknown(
              name,
              "at most " + DurationText.of(target),
              "could not be measured",
              "see the other findings: something before it went wrong");
      return new ObjectiveResult(
          name, target, measured, clock, Verdict.UNKNOWN, Optional.of(finding));
    }
    if (measured.get().compareTo(target) <= 0) {
      return new ObjectiveResult(name, target, measured, clock, Verdict.PASS, Optional.empty());
    }
    Finding finding =
        Finding.fail(
            name,
            "at most " + DurationText.of(target),
            DurationText.of(measured.get()) + " (" + clock + ")",
            hint);
    return new ObjectiveResult(name, target, measured, clock, Verdict.FAIL, Optional.of(finding));
  }
}
