package dev.drillbook.run;

import dev.drillbook.fault.ActiveFault;
import dev.drillbook.fault.Bite;
import dev.drillbook.fault.Fault;
import dev.drillbook.fault.Scene;
import dev.drillbook.objective.EightClocks;
import dev.drillbook.objective.Meters;
import dev.drillbook.plan.BackupPolicy;
import dev.drillbook.recovery.RecoveryStep;
import dev.drillbook.recovery.Runbook;
import dev.drillbook.recovery.StepResult;
import dev.drillbook.site.Action;
import dev.drillbook.site.Postgres;
import dev.drillbook.site.Redaction;
import dev.drillbook.site.Site;
import dev.drillbook.site.Store;
import dev.drillbook.site.Transcript;
import dev.drillbook.timeline.DrillClock;
import dev.drillbook.timeline.DrillException;
import dev.drillbook.timeline.DurationText;
import dev.drillbook.timeline.Event;
import dev.drillbook.timeline.Finding;
import dev.drillbook.timeline.Phase;
import dev.drillbook.timeline.Tick;
import dev.drillbook.timeline.Timeline;
import dev.drillbook.timeline.Verdict;
import dev.drillbook.workload.Clients;
import dev.drillbook.workload.LedgerView;
import dev.drillbook.workload.Monitor;
import dev.drillbook.workload.Operation;
import dev.drillbook.workload.Outcome;
import dev.drillbook.workload.ProbeLog;
import dev.drillbook.workload.ProbeResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Carries one drill out, from an empty site to its record. All control flow is here: stages only
 * append to the timeline and to the findings, judgement comes when everything is over, and whatever
 * happens the faults are healed and the site is removed.
 */
final class DrillRunner {
  private static final Duration STEADY_WITHIN = Duration.ofSeconds(60);
  private static final Duration LOOK_WITHIN = Duration.ofSeconds(10);
  private static final int STABLE_LOOKS = 2;
  private static final int NONCE_ATTEMPTS = 3;
  private static final Duration NONCE_WITHIN = Duration.ofSeconds(5);

  private final DrillSpec spec;
  private final Site site;
  private final RunContext context;
  private final Timeline timeline;
  private final Findings findings;
  private final Observers observers;
  private final RecordBuilder record;
  private final ActiveFaults activeFaults;
  private final Clients clients;
  private final RestoreWatch restoreWatch;
  private final Optional<Monitor> monitor;

  DrillRunner(DrillSpec spec, Site site, RunContext context) {
    this.spec = spec;
    this.activeFaults = spec.activeFaults();
    this.site = site;
    this.context = context;
    this.observers = new Observers(context.observers());
    DrillClock clock = DrillClock.start();
    this.timeline = new Timeline(clock, this::clean, event -> observers.happened(clock, event));
    activeFaults.onHealed(
        fault -> timeline.append(new Event.FaultHealed(timeline.now(), fault.name())));
    this.findings = new Findings(this::clean);
    this.record = new RecordBuilder(spec, site, context, timeline, findings);
    this.clients = new Clients(clock, spec.workload().orElseThrow(), spec.load(), spec.probe());
    this.restoreWatch = new RestoreWatch(timeline, spec.scenario(), findings);
    this.monitor =
        spec.monitor().map(look -> new Monitor(clock, () -> look(look), DrillSpec.MONITOR_EVERY));
  }

  DrillRecord run() {
    observers.drillStarted(spec.plan(), spec.scenario(), site.name());
    try {
      phase(Phase.PROVISION, "the system comes up", site::bringUp);
      phase(Phase.STEADY_STATE, "clients are served", this::reachSteadyState);
      if (!spec.backupPolicies().isEmpty()) {
        phase(Phase.BACKUP, "the plan's backup is taken", this::takeBackup);
      }
      phase(Phase.EXPOSURE, "clients go on writing", this::goOn);
      phase(Phase.DISASTER, "the disaster strikes", this::injectFaults);
      phase(Phase.DETECTION, "the outage is noticed", this::awaitBite);
      phase(Phase.RECOVERY, "the runbook recovers the system", this::recover);
      phase(Phase.STABILISATION, "clients are served again", this::awaitStable);
      phase(Phase.QUIESCE, "clients stop", this::quiesce);
      phase(Phase.VERIFICATION, "the data is looked at", this::verify);
    } catch (Ended ended) {
      timeline.note("the drill ends early: " + ended.getMessage());
    } finally {
      cleanUp();
    }
    DrillRecord frozen = record.freeze();
    observers.drillEnded(frozen);
    return frozen;
  }

  private void reachSteadyState() {
    clients.start();
    Tick started = timeline.now();
    boolean steady =
        Waits.until(
                STEADY_WITHIN,
                () ->
                    steadySince(started)
                        .filter(
                            since -> timeline.now().since(since).compareTo(spec.steadyFor()) >= 0))
            .isPresent();
    if (!steady) {
      throw new DrillException(
          "clients were not served steadily within "
              + DurationText.of(STEADY_WITHIN)
              + " before any disaster"
              + lastProbeError(),
          "see the app's log; on a slow machine a longer probe timeout may be needed");
    }
    clients.servedFromNowOn();
    monitor.ifPresent(this::awaitContent);
    spec.preparations().forEach(action -> perform(action, "a preparation"));
  }

  private void awaitContent(Monitor watching) {
    watching.start();
    boolean content =
        Waits.until(STEADY_WITHIN, () -> lastLook(watching).filter(ProbeResult::ok)).isPresent();
    if (!content) {
      throw new DrillException(
          "the system's own monitoring is not content before any disaster: "
              + lastLook(watching).map(ProbeResult::error).orElse("it has not ended one look"),
          "what does it look at? it must succeed while all is well");
    }
  }

  private static Optional<ProbeResult> lastLook(Monitor watching) {
    return watching.log().results().stream().reduce((earlier, later) -> later);
  }

  private void look(Action look) throws Exception {
    look.perform(new Transcript(site.secrets()), LOOK_WITHIN);
  }

  private void perform(Action action, String what) {
    try {
      action.perform(new Transcript(site.secrets()), STEADY_WITHIN);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DrillException("the drill was interrupted", "run it again", e);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new DrillException(what + " failed: " + e, "correct the drill", e);
    }
  }

  /** What was written since the backup is what a restore loses. */
  private void goOn() throws Exception {
    Waits.sleep(spec.exposedFor().toMillis());
    if (spec.restoration().target().isPresent()) {
      markRecoveryPoint(spec.restoration().target().get());
      Waits.sleep(spec.exposedFor().toMillis());
    }
    spec.afterBackup().forEach(action -> perform(action, "what happens after the backup"));
  }

  private void markRecoveryPoint(RecoveryTarget target) throws Exception {
    PointInTime point = new PointInTime(timeline, clients, target);
    plantNonce("nonce-before-backup", true);
    record.checkpoint(point.mark(record.id()));
    plantNonce("nonce-after-backup", false);
    point.awaitArchived();
  }

  /** Since when every probe has succeeded, once enough of them have. */
  private Optional<Tick> steadySince(Tick started) {
    int needed = spec.probe().stableAfter();
    Optional<Tick> afterTrouble =
        clients.probes().stableSinceLastFailure(started, needed).map(ProbeLog.Stable::firstOk);
    if (afterTrouble.isPresent() || clients.probes().firstFailure(started).isPresent()) {
      return afterTrouble;
    }
    return clients.probes().results().size() >= needed ? Optional.of(started) : Optional.empty();
  }

  private void takeBackup() throws Exception {
    Transcript transcript = new Transcript(site.secrets());
    record.backupTranscript(transcript);
    BackupRun backup = new BackupRun(timeline, spec.plan(), site, clients, transcript);
    boolean isThePoint = spec.restoration().target().isEmpty();
    if (isThePoint) {
      plantNonce("nonce-before-backup", true);
    }
    try {
      BackupRun.Taken taken =
          isThePoint
              ? backup.take(spec.backupPolicies())
              : backup.takeAsBase(spec.backupPolicies());
      record.backups(taken.facts());
      taken.checkpoint().ifPresent(record::checkpoint);
    } catch (DrillException e) {
      String policies = String.join(", ", spec.restoration().backups());
      findings.add(Verdict.FAIL, "backup " + policies, "the plan's backup succeeds", e);
      throw new Ended("the backup failed");
    }
    if (isThePoint) {
      plantNonce("nonce-after-backup", false);
    }
  }

  private void plantNonce(String tag, boolean beforeRecoveryPoint) {
    Operation nonce =
        clients
            .insertOneOf(tag + "-" + record.id(), NONCE_ATTEMPTS, NONCE_WITHIN)
            .orElseThrow(
                () ->
                    new DrillException(
                        "the write of "
                            + tag
                            + " was not acknowledged although nothing is broken yet",
                        "see the app's log"));
    timeline.append(new Event.NoncePlanted(timeline.now(), nonce.key(), beforeRecoveryPoint));
  }

  private void injectFaults() {
    clients.disasterStrikes();
    timeline.note("chance depends on the seed " + context.seed());
    for (int i = 0; i < spec.faults().size(); i++) {
      Fault fault = spec.faults().get(i);
      Tick started = timeline.now();
      ActiveFault active = fault.inject(Scene.of(site.undoJournal(), context.seed(), i));
      timeline.append(new Event.FaultInjected(started, timeline.now(), fault.name()));
      activeFaults.add(fault, active);
      if (!active.hit().isEmpty()) {
        timeline.note(fault.name() + " hit " + String.join("\n    ", active.hit()));
      }
      requireBite(fault, active.bite());
    }
  }

  /** What was injected must be seen from outside too. */
  private void requireBite(Fault fault, Bite bite) {
    timeline.note(fault.name() + ": " + bite.evidence());
    if (!bite.bit()) {
      findings.add(
          Finding.unknown(
              "disaster",
              fault.name() + " is in effect once it was injected",
              bite.evidence(),
              "does something undo it at once, or was there nothing to hit? nothing is proven until it bites"));
      throw new Ended("a fault is not in effect");
    }
  }

  /** A disaster that no client notices is none: what follows would prove nothing. */
  private void awaitBite() {
    Tick fault = timeline.first(Event.FaultInjected.class).orElseThrow().at();
    int failures = spec.probe().detectedAfter();
    Optional<Tick> noticed = Waits.until(spec.patience(), () -> noticed(fault));
    if (noticed.isEmpty()) {
      findings.add(
          Finding.unknown(
              "disaster",
              failures
                  + " probes in a row fail"
                  + (monitor.isPresent() ? ", or the system's own monitoring does," : "")
                  + " within "
                  + DurationText.of(spec.patience())
                  + " of the disaster",
              "clients were served as if nothing had happened",
              "does the fault hit what the clients depend on? nothing is proven until it bites"));
      throw new Ended("the fault did not bite");
    }
    timeline.append(new Event.OutageDetected(noticed.get()));
    monitor
        .flatMap(watching -> watching.log().results().stream().filter(r -> !r.ok()).findFirst())
        .ifPresent(failed -> timeline.note("the system's own monitoring: " + failed.error()));
  }

  private Optional<Tick> noticed(Tick fault) {
    return Stream.concat(
            clients.probes().failingSince(fault, spec.probe().detectedAfter()).stream(),
            monitor.stream().flatMap(watching -> watching.log().failingSince(fault, 1).stream()))
        .min(Comparator.naturalOrder());
  }

  /** When everybody who saw the system fail has seen it well again, for long enough. */
  private Optional<ProbeLog.Stable> stable(Tick fault) {
    List<Optional<ProbeLog.Stable>> all = new ArrayList<>();
    if (clients.probes().firstFailure(fault).isPresent()) {
      all.add(clients.probes().stableSinceLastFailure(fault, spec.probe().stableAfter()));
    }
    monitor
        .map(Monitor::log)
        .filter(log -> log.firstFailure(fault).isPresent())
        .ifPresent(log -> all.add(log.stableSinceLastFailure(fault, STABLE_LOOKS)));
    if (!all.stream().allMatch(Optional::isPresent)) {
      return Optional.empty();
    }
    return all.stream()
        .map(Optional::get)
        .reduce(
            (one, other) ->
                new ProbeLog.Stable(
                    later(one.firstOk(), other.firstOk()),
                    later(one.confirmed(), other.confirmed())));
  }

  private static Tick later(Tick one, Tick other) {
    return one.isBefore(other) ? other : one;
  }

  private void recover() {
    timeline.append(new Event.RecoveryDecided(timeline.now()));
    restoreWatch.watch(
        record.checkpoint().flatMap(Checkpoint::database),
        new RestoredDatabase(spec, site).server(),
        watchedStores());
    List<StepResult> steps =
        new Runbook(timeline, site.secrets(), restoreWatch).run(spec.scenario(), recovery());
    record.steps(steps);
    steps.forEach(step -> findings.addAll(step.findings()));
    if (!steps.stream().allMatch(StepResult::succeeded)) {
      throw new Ended("the recovery failed");
    }
  }

  private List<RecoveryStep> recovery() {
    return context
        .change()
        .map(
            change ->
                change.change(spec.declared(), site, new RestoredDatabase(spec, site).server()))
        .orElse(spec.recovery());
  }

  private List<WatchedStore> watchedStores() {
    List<WatchedStore> watched = new ArrayList<>();
    for (BackupPolicy policy : spec.backupPolicies()) {
      Store lost = Stores.of(site, policy, spec.plan());
      if (!(lost instanceof Postgres)) {
        watched.add(
            new WatchedStore(
                timeline,
                spec.plan().components().get(policy.component()),
                spec.restoration().targetOf(lost),
                record
                    .checkpoint()
                    .map(checkpoint -> checkpoint.stores().get(policy.component()))));
      }
    }
    return watched;
  }

  private void awaitStable() {
    Tick fault = timeline.first(Event.FaultInjected.class).orElseThrow().at();
    Optional<ProbeLog.Stable> stable = Waits.until(spec.patience(), () -> stable(fault));
    stable.ifPresent(
        seen -> timeline.append(new Event.ServiceStable(seen.firstOk(), seen.confirmed())));
    if (stable.isEmpty()) {
      findings.add(
          Finding.fail(
              "service",
              spec.probe().stableAfter()
                  + " probes in a row succeed within "
                  + DurationText.of(spec.patience())
                  + " of the last step",
              "clients are still not served steadily" + lastProbeError() + lastComplaint(),
              "the runbook ended without bringing the service back: is everything started again?"));
    }
  }

  /**
   * Data that is restored while clients write is a mixture of two histories that nobody can judge.
   */
  private void noteWritesDuringTheRestore() {
    EightClocks clocks = clocks();
    if (spec.backupPolicies().isEmpty()
        || spec.restoration().keepsNewerWrites()
        || clocks.restoreStart().isEmpty()
        || clocks.restoreEnd().isEmpty()) {
      return;
    }
    Tick start = clocks.restoreStart().get();
    Tick end = clocks.restoreEnd().get();
    LedgerView ledger = clients.ledger().view();
    long writes =
        IntStream.range(0, ledger.size())
            .filter(id -> ledger.outcome(id) == Outcome.ACKNOWLEDGED)
            .filter(
                id ->
                    ledger.invokedNanos(id) > start.nanos()
                        && ledger.answeredNanos(id) < end.nanos())
            .count();
    if (writes > 0) {
      findings.add(
          Finding.fail(
              "restore",
              "clients are kept out while data is restored",
              writes + " writes were acknowledged between the restore's start and its end",
              "stop the application before the restoring step, and start it again in a later one"));
    }
  }

  private String clean(String text) {
    return new Redaction(site.secrets()).clean(text);
  }

  /** What went wrong in reporting; the drill itself is not affected. */
  List<RuntimeException> reportingProblems() {
    return observers.problems();
  }

  private String lastProbeError() {
    return clients.probes().results().stream()
        .filter(probe -> !probe.ok())
        .reduce((earlier, later) -> later)
        .map(probe -> "; the last probe that failed: " + probe.error())
        .orElse("");
  }

  private String lastComplaint() {
    return monitor
        .flatMap(DrillRunner::lastLook)
        .filter(look -> !look.ok())
        .map(look -> "; the system's own monitoring: " + look.error())
        .orElse("");
  }

  private void quiesce() {
    clients.close();
    monitor.ifPresent(Monitor::close);
    timeline
        .first(Event.ServiceStable.class)
        .flatMap(stable -> noticed(stable.confirmed()))
        .ifPresent(
            again ->
                findings.add(
                    Finding.fail(
                        "service",
                        "once back, it stays",
                        "it failed again right after it had been stable"
                            + lastProbeError()
                            + lastComplaint(),
                        "what the recovery started does not hold: see the app's log")));
  }

  private void verify() {
    new Verification(spec, site, timeline, findings, record, clients, restoreWatch, clocks()).run();
  }

  private void cleanUp() {
    timeline.append(new Event.PhaseStarted(timeline.now(), Phase.CLEAN_UP));
    clients.close();
    monitor.ifPresent(Monitor::close);
    clients
        .crash()
        .ifPresent(
            crash ->
                findings.add(
                    Finding.unknown(
                        "workload",
                        "the clients write until they are told to stop",
                        "the workload's own code failed: " + crash,
                        "correct the workload: it must not throw while it makes up its next write")));
    activeFaults.healAll(
        problem -> findings.add(Verdict.FAIL, "clean-up", "every fault is healed", problem));
    restoreWatch.close();
    noteWritesDuringTheRestore();
    record.judgeObjectives(clients, clocks());
    clients.ledger().close();
    if (context.keepOnFailure() && !findings.worstFirst().isEmpty()) {
      keepSite();
    }
    site.close();
    for (String leftover : site.leftovers()) {
      findings.add(
          Finding.fail("clean-up", "nothing is left behind", leftover, "end or remove it by hand"));
    }
    timeline.append(new Event.PhaseEnded(timeline.now(), Phase.CLEAN_UP));
  }

  private void keepSite() {
    try {
      site.keep();
      timeline.note("the site was kept:\n" + site.howToConnect());
    } catch (RuntimeException e) {
      findings.add(Verdict.FAIL, "clean-up", "the site can be kept", e);
    }
  }

  /** The clocks so far; a pure function of the recording. */
  private EightClocks clocks() {
    List<ProbeLog> looks =
        Stream.concat(Stream.of(clients.probes()), monitor.stream().map(Monitor::log)).toList();
    return Meters.clocks(timeline.events(), spec.scenario(), looks, clients.ledger().view());
  }

  private interface Stage {
    void run() throws Exception;
  }

  private void phase(Phase phase, String expected, Stage stage) {
    timeline.append(new Event.PhaseStarted(timeline.now(), phase));
    try {
      stage.run();
    } catch (Ended ended) {
      throw ended;
    } catch (Exception | AssertionError | LinkageError e) {
      findings.add(
          Verdict.UNKNOWN, phase.name().toLowerCase(Locale.ROOT).replace('_', ' '), expected, e);
      throw new Ended("in phase " + phase.label());
    } finally {
      timeline.append(new Event.PhaseEnded(timeline.now(), phase));
    }
  }

  /** The drill cannot go on; why is among the findings. */
  private static final class Ended extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Ended(String why) {
      super(why, null, false, false);
    }
  }
}
