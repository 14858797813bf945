package dev.drillbook.run;

import dev.drillbook.objective.DataLoss;
import dev.drillbook.objective.EightClocks;
import dev.drillbook.objective.Escalation;
import dev.drillbook.objective.ObjectiveResult;
import dev.drillbook.objective.Outage;
import dev.drillbook.plan.DrillPlan;
import dev.drillbook.plan.Scenario;
import dev.drillbook.recovery.StepResult;
import dev.drillbook.site.Transcript;
import dev.drillbook.timeline.DrillClock;
import dev.drillbook.timeline.Event;
import dev.drillbook.timeline.Finding;
import dev.drillbook.timeline.Tick;
import dev.drillbook.timeline.Verdict;
import dev.drillbook.verification.CheckResult;
import dev.drillbook.verification.LedgerJudgement;
import dev.drillbook.workload.ProbeResult;
import java.util.List;
import java.util.Optional;

/** A record whose parts a test may replace before it is frozen. */
public final class SampleRecord {
  public String id = "20261101T020000Z-dhakacart-complete-database-loss";
  public DrillPlan plan;
  public Scenario scenario;
  public List<String> components = List.of();
  public Machine machine;
  public DrillClock clock;
  public Tick ended;
  public List<Event> timeline = List.of();
  public EightClocks clocks =
      new EightClocks(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());
  public Optional<Outage> outage = Optional.empty();
  public DataLoss loss = new DataLoss(Optional.empty(), Optional.empty(), Optional.empty());
  public List<ObjectiveResult> objectives = List.of();
  public Optional<BackupFacts> backup = Optional.empty();
  public Optional<Transcript> backupTranscript = Optional.empty();
  public Optional<LedgerJudgement> ledger = Optional.empty();
  public List<StepResult> steps = List.of();
  public List<CheckResult> checks = List.of();
  public List<ProbeResult> probes = List.of();
  public List<ComponentLog> logs = List.of();
  public List<Finding> findings = List.of();
  public Verdict verdict = Verdict.PASS;

  private static final long SEED = 4711;

  public DrillRecord build() {
    return new DrillRecord(
        id,
        plan,
        scenario,
        "embedded",
        components,
        machine,
        1.0,
        SEED,
        clock,
        ended,
        timeline,
        clocks,
        outage,
        loss,
        objectives,
        Escalation.of(plan.escalation(), clocks, outage),
        backup,
        backupTranscript,
        ledger,
        steps,
        checks,
        ChecklistResult.of(plan.checklist(), checks),
        probes,
        logs,
        findings,
        verdict);
  }
}
