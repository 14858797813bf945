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

/**
 * All that one drill measured and concluded, frozen before anything is reported. It holds no
 * secret.
 *
 * @param id unique; sorts by start time
 * @param site the kind of site, e.g. "embedded"
 * @param components what played each component, e.g. "db: PostgreSQL 15.12 from …"
 * @param seed what chance depended on; the same seed, data and drill hit the same again
 * @param clock turns the ticks of this record into times of day; tick zero is the drill's start
 * @param ended when clean-up was done
 * @param outage empty where the recovery failed
 * @param escalation which levels of the plan's escalation would have been called
 * @param checklist what is known of each item of the plan's checklist
 * @param ledger empty where the writes could not be judged
 * @param probes every probe, by sequence
 * @param logs what each server logged last, where the verdict is not PASS
 * @param findings everything that is wrong or unknown, worst first, those of steps, checks,
 *     objectives and ledger included
 * @param verdict the worst of all
 */
public record DrillRecord(
    String id,
    DrillPlan plan,
    Scenario scenario,
    String site,
    List<String> components,
    Machine machine,
    double scale,
    long seed,
    DrillClock clock,
    Tick ended,
    List<Event> timeline,
    EightClocks clocks,
    Optional<Outage> outage,
    DataLoss loss,
    List<ObjectiveResult> objectives,
    List<Escalation> escalation,
    Optional<BackupFacts> backup,
    Optional<Transcript> backupTranscript,
    Optional<LedgerJudgement> ledger,
    List<StepResult> steps,
    List<CheckResult> checks,
    List<ChecklistResult> checklist,
    List<ProbeResult> probes,
    List<ComponentLog> logs,
    List<Finding> findings,
    Verdict verdict) {

  /** Its name for people and for {@code drill.only}: system/scenario. */
  public String name() {
    return plan.system() + "/" + scenario.id();
  }
}
