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
import java.util.stream.Collectors;

/** What an author declared, complete; nothing of it has run. */
record DrillSpec(
    DrillPlan plan,
    Scenario scenario,
    Optional<Workload> workload,
    LoadProfile load,
    ProbeProfile probe,
    List<Action> preparations,
    Restoration restoration,
    List<Action> afterBackup,
    Optional<Action> monitor,
    List<Fault> faults,
    ActiveFaults activeFaults,
    List<RecoveryStep> recovery,
    List<Check> checks,
    Duration steadyFor,
    Duration exposedFor,
    Duration patience) {

  static final Duration MONITOR_EVERY = Duration.ofMillis(250);

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
    scenario
        .backup()
        .filter(planned -> !restoration.backups().contains(planned))
        .ifPresent(
            planned ->
                problems.add(
                    "the plan restores from '"
                        + planned
                        + "', but the drill takes "
                        + (restoration.backups().isEmpty()
                            ? "no backup"
                            : restoration.backups().stream()
                                .map(other -> "'" + other + "'")
                                .collect(Collectors.joining(", ")))));
    restoration.backups().stream()
        .filter(id -> plan.backup(id).flatMap(BackupPolicy::script).isEmpty())
        .forEach(id -> problems.add("the plan has no backup policy '" + id + "' with a script"));
    if (restoration.target().isPresent() && restoration.backups().isEmpty()) {
      problems.add("it has a recovery point to reach, but takes no base backup to reach it from");
    }
    if (!restoresFromBackup() && !afterBackup.isEmpty()) {
      problems.add("it has actions for after the backup, but takes none");
    }
    List<String> databases =
        backupPolicies().stream()
            .map(policy -> plan.components().get(policy.component()))
            .filter(ComponentSpec.Postgres.class::isInstance)
            .map(ComponentSpec::name)
            .distinct()
            .toList();
    if (databases.size() > 1) {
      problems.add(
          "it takes backups of the databases "
              + String.join(" and ", databases)
              + "; one drill judges one PostgreSQL database");
    }
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
    return scenario.backup().isPresent() || !restoration.backups().isEmpty();
  }

  DeclaredDrill declared() {
    return new DeclaredDrill(
        plan, scenario, restoration.backups(), recovery, checks.stream().map(Check::name).toList());
  }

  /** How exactly the outage is known. */
  Duration precision() {
    return monitor.isPresent() && MONITOR_EVERY.compareTo(probe.interval()) > 0
        ? MONITOR_EVERY
        : probe.interval();
  }

  List<BackupPolicy> backupPolicies() {
    return restoration.backups().stream().flatMap(id -> plan.backup(id).stream()).toList();
  }
}
