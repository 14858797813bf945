package dev.drillbook.run;

import dev.drillbook.objective.DataLoss;
import dev.drillbook.objective.EightClocks;
import dev.drillbook.objective.Escalation;
import dev.drillbook.objective.Keeping;
import dev.drillbook.objective.Meters;
import dev.drillbook.objective.ObjectiveResult;
import dev.drillbook.objective.Objectives;
import dev.drillbook.objective.Outage;
import dev.drillbook.recovery.StepResult;
import dev.drillbook.site.Component;
import dev.drillbook.site.Server;
import dev.drillbook.site.Site;
import dev.drillbook.site.Transcript;
import dev.drillbook.timeline.DrillException;
import dev.drillbook.timeline.Event;
import dev.drillbook.timeline.Finding;
import dev.drillbook.timeline.Phase;
import dev.drillbook.timeline.Timeline;
import dev.drillbook.timeline.Verdict;
import dev.drillbook.verification.CheckResult;
import dev.drillbook.verification.LedgerJudgement;
import dev.drillbook.workload.Clients;
import dev.drillbook.workload.ProbeResult;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/** Gathers what the stages measured, and freezes it. */
final class RecordBuilder {
  /** Enough to see what a server complained of last, and short enough to be read. */
  private static final int LOG_LINES = 200;

  private static final DateTimeFormatter ID_TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final DrillSpec spec;
  private final Site site;
  private final RunContext context;
  private final Timeline timeline;
  private final Findings findings;
  private final String id;
  private List<BackupFacts> backups = List.of();
  private Optional<Checkpoint> checkpoint = Optional.empty();
  private Optional<Transcript> backupTranscript = Optional.empty();
  private Optional<LedgerJudgement> ledger = Optional.empty();
  private List<StepResult> steps = List.of();
  private List<CheckResult> checks = List.of();
  private EightClocks clocks;
  private Optional<Outage> outage = Optional.empty();
  private DataLoss loss;
  private List<ObjectiveResult> objectives = List.of();
  private List<ProbeResult> probes = List.of();

  RecordBuilder(
      DrillSpec spec, Site site, RunContext context, Timeline timeline, Findings findings) {
    this.spec = spec;
    this.site = site;
    this.context = context;
    this.timeline = timeline;
    this.findings = findings;
    this.id =
        ID_TIME.format(timeline.clock().wall(timeline.now()))
            + "-"
            + String.format(Locale.ROOT, "%06x", ThreadLocalRandom.current().nextInt(1 << 24));
  }

  String id() {
    return id;
  }

  void backups(List<BackupFacts> taken) {
    backups = List.copyOf(taken);
  }

  void checkpoint(Checkpoint state) {
    checkpoint = Optional.of(state);
  }

  void backupTranscript(Transcript transcript) {
    backupTranscript = Optional.of(transcript);
  }

  Optional<Checkpoint> checkpoint() {
    return checkpoint;
  }

  void ledger(LedgerJudgement judgement) {
    ledger =
        Optional.of(
            judgement.withFindings(judgement.findings().stream().map(findings::cleaned).toList()));
  }

  void steps(List<StepResult> results) {
    steps =
        results.stream()
            .map(
                step ->
                    new StepResult(
                        step.step(),
                        step.started(),
                        step.ended(),
                        step.outcome(),
                        step.transcript(),
                        step.findings().stream().map(findings::cleaned).toList()))
            .toList();
  }

  void checks(List<CheckResult> results) {
    checks =
        results.stream()
            .map(
                check ->
                    new CheckResult(
                        check.name(),
                        check.verdict(),
                        check.coverage(),
                        check.findings().stream().map(findings::cleaned).toList(),
                        check.took()))
            .toList();
  }

  /** Reads the clocks and the meters, and judges the objectives. */
  void judgeObjectives(Clients clients, EightClocks read) {
    clocks = read;
    boolean recovered = !steps.isEmpty() && steps.stream().allMatch(StepResult::succeeded);
    Duration slower =
        context.change().map(change -> change.slower(spec.declared())).orElse(Duration.ZERO);
    outage =
        recovered
            ? Meters.outage(clocks, spec.scenario(), spec.precision())
                .map(measured -> measured.prolonged(slower))
            : Optional.empty();
    loss = loss(clocks);
    objectives =
        Stream.concat(
                Objectives.judge(spec.scenario(), spec.restoresFromBackup(), outage, loss).stream(),
                Keeping.judge(spec.plan(), spec.scenario(), backupTimes()::takes).stream())
            .toList();
    objectives.forEach(objective -> objective.finding().ifPresent(findings::add));
    if (timeline.all(Event.PhaseEnded.class).noneMatch(end -> end.phase() == Phase.VERIFICATION)) {
      findings.add(
          Finding.unknown(
              "verification",
              "the data is looked at",
              "the drill ended before",
              "see the other findings: what went wrong first?"));
    }
    probes = clients.probes().results().stream().map(this::cleaned).toList();
  }

  private ProbeResult cleaned(ProbeResult probe) {
    return probe.ok()
        ? probe
        : new ProbeResult(
            probe.sequence(),
            probe.due(),
            probe.answered(),
            false,
            findings.cleaned(probe.error()));
  }

  /** The record of all this, and the verdict: the worst of all findings. */
  DrillRecord freeze() {
    List<Finding> all = findings.worstFirst();
    Verdict verdict = all.stream().map(Finding::verdict).reduce(Verdict.PASS, Verdict::and);
    return new DrillRecord(
        id,
        spec.plan(),
        spec.scenario(),
        site.name(),
        site.describe(),
        Machine.here(),
        context.scale(),
        context.seed(),
        timeline.clock(),
        timeline.now(),
        timeline.events(),
        clocks,
        outage,
        loss,
        objectives,
        Escalation.of(spec.plan().escalation(), clocks, outage),
        backups.stream().findFirst(),
        backupTranscript,
        ledger,
        steps,
        checks,
        ChecklistResult.of(spec.plan().checklist(), checks),
        probes,
        verdict == Verdict.PASS ? List.of() : logs(),
        all,
        verdict);
  }

  /** A log that cannot be read is left out: the verdict stands without it. */
  private List<ComponentLog> logs() {
    List<ComponentLog> logs = new ArrayList<>();
    for (Component component : site.components()) {
      if (component instanceof Server server) {
        try {
          logs.add(new ComponentLog(component.name(), server.logTail(LOG_LINES)));
        } catch (DrillException e) {
          logs.add(new ComponentLog(component.name(), List.of(e.getMessage())));
        }
      }
    }
    return logs;
  }

  private DataLoss loss(EightClocks clocks) {
    Optional<Duration> actual =
        ledger.flatMap(
            judged ->
                clocks
                    .fault()
                    .map(
                        fault ->
                            Meters.actualLoss(fault, judged.oldestLost(), judged.newestLost())));
    Optional<Duration> backupTook =
        backups.stream().map(BackupFacts::took).max(Comparator.naturalOrder());
    return new DataLoss(actual, backupTimes().worstCase(), backupTook);
  }

  private BackupTimes backupTimes() {
    return new BackupTimes(spec.plan(), spec.backupPolicies(), backups);
  }
}
