package dev.drillbook.run;

import dev.drillbook.fault.Fault;
import dev.drillbook.plan.BackupPolicy;
import dev.drillbook.plan.ComponentSpec;
import dev.drillbook.plan.DrillPlan;
import dev.drillbook.plan.Scenario;
import dev.drillbook.recovery.RecoveryStep;
import dev.drillbook.recovery.Runbook;
import dev.drillbook.site.Action;
import dev.drillbook.timeline.DrillException;
import dev.drillbook.verification.Check;
import dev.drillbook.workload.LoadProfile;
import dev.drillbook.workload.ProbeProfile;
import dev.drillbook.workload.Workload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What an author declared, complete; nothing of it has run. */
record DrillSpec(
    DrillPlan plan,
    Scenario scenario,
    Optional<Workload> workload,
    LoadProfile load,
    ProbeProfile probe,
    List<Action> preparations,
    Optional<String> backup,
    List<Fault> faults,
    ActiveFaults activeFaults,
    List<RecoveryStep> recovery,
    List<Check> checks,
    Duration steadyFor,
    Duration exposedFor,
    Duration patience) {

  /**
   * Looks for everything that would make the drill meaningless, before anything runs.
   *
   * @throws DrillException that names all problems at once
   */
  void validate() {
    List<String> problems = new ArrayList<>();
    if (workload.isEmpty()) {
      problems.add(
          "it has no workload: without clients nothing can be lost, and no outage is seen");
    }
    if (faults.isEmpty()) {
      problems.add("it has no disaster");
    }
    if (checks.isEmpty()) {
      problems.add("it has no check, so it could not tell a good restore from a bad one");
    }
    if (steadyFor.isNegative() || exposedFor.isNegative() || patience.isNegative()) {
      problems.add("a window or its patience is negative");
    }
    problems.addAll(Runbook.deviations(scenario, recovery));
    recovery.stream()
        .filter(step -> step.actions().isEmpty())
        .forEach(
            step -> problems.add("its step '" + step.id() + "' does nothing: it has no action"));
    backupPolicy()
        .filter(
            policy ->
                !(plan.components().get(policy.component()) instanceof ComponentSpec.Postgres))
        .ifPresent(
            policy ->
                problems.add(
                    "the backup '"
                        + policy.id()
                        + "' is of '"
                        + policy.component()
                        + "', which is no postgres; no other store can be drilled yet"));
    scenario
        .backup()
        .filter(planned -> !backup.equals(Optional.of(planned)))
        .ifPresent(
            planned ->
                problems.add(
                    "the plan restores from '"
                        + planned
                        + "', but the drill takes "
                        + backup.map(other -> "'" + other + "'").orElse("no backup")));
    backup
        .filter(id -> plan.backup(id).flatMap(BackupPolicy::script).isEmpty())
        .ifPresent(id -> problems.add("the plan has no backup policy '" + id + "' with a script"));
    if (!problems.isEmpty()) {
      throw new DrillException(
          "the drill "
              + plan.system()
              + "/"
              + scenario.id()
              + " cannot run:\n  - "
              + String.join("\n  - ", problems),
          "correct the drill, or the plan " + plan.file());
    }
  }

  /**
   * Whether there is a recovery point to go back to: the plan names a backup, or the drill does.
   */
  boolean restoresFromBackup() {
    return scenario.backup().or(() -> backup).isPresent();
  }

  Optional<BackupPolicy> backupPolicy() {
    return backup.flatMap(plan::backup);
  }
}
