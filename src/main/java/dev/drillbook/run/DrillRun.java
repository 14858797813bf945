package dev.drillbook.run;

import dev.drillbook.fault.Fault;
import dev.drillbook.plan.BackupPolicy;
import dev.drillbook.plan.DrillPlan;
import dev.drillbook.plan.Scenario;
import dev.drillbook.recovery.RecoveryStep;
import dev.drillbook.site.Action;
import dev.drillbook.site.App;
import dev.drillbook.site.BackupFiles;
import dev.drillbook.site.Mongo;
import dev.drillbook.site.ObjectStore;
import dev.drillbook.site.Postgres;
import dev.drillbook.site.PostgresStandby;
import dev.drillbook.site.Redis;
import dev.drillbook.site.ServiceAddress;
import dev.drillbook.site.Site;
import dev.drillbook.site.Store;
import dev.drillbook.timeline.DrillException;
import dev.drillbook.timeline.Verdict;
import dev.drillbook.verification.Check;
import dev.drillbook.workload.LoadProfile;
import dev.drillbook.workload.ProbeProfile;
import dev.drillbook.workload.Workload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One drill, as its author declares it. Everything up to {@link #run()} or {@link
 * #meetsItsObjectives()} only declares; these two carry it out, once.
 */
public final class DrillRun {
  private static final Duration STANDARD_PATIENCE = Duration.ofSeconds(30);
  private static final Duration STANDARD_WINDOW = Duration.ofSeconds(1);

  private final DrillPlan plan;
  private final Scenario scenario;
  private final Site site;
  private final RunContext context;
  private final List<Action> preparations = new ArrayList<>();
  private final List<Fault> faults = new ArrayList<>();
  private final ActiveFaults activeFaults = new ActiveFaults();
  private final List<RecoveryStep> recovery = new ArrayList<>();
  private final List<Check> checks = new ArrayList<>();
  private Workload workload;
  private LoadProfile load = LoadProfile.standard();
  private ProbeProfile probe = ProbeProfile.standard();
  private final List<Action> afterBackup = new ArrayList<>();
  private final List<Store> into = new ArrayList<>();
  private List<String> backups = List.of();
  private RecoveryTarget recoveryTarget;
  private boolean keepsNewerWrites;
  private Action monitor;
  private Duration steadyFor = STANDARD_WINDOW;
  private Duration exposedFor = STANDARD_WINDOW;
  private Duration patience = STANDARD_PATIENCE;
  private boolean started;
  private List<RuntimeException> reportingProblems = List.of();

  public DrillRun(DrillPlan plan, Scenario scenario, Site site, RunContext context) {
    this.plan = plan;
    this.scenario = scenario;
    this.site = site;
    this.context = context;
  }

  /** The PostgreSQL server of this name in the plan. */
  public Postgres postgres(String name) {
    return site.postgres(name);
  }

  /** The MongoDB server of this name in the plan. */
  public Mongo mongo(String name) {
    return site.mongo(name);
  }

  /** The S3 object store of this name in the plan. */
  public ObjectStore objectStore(String name) {
    return site.objectStore(name);
  }

  /** The Redis server of this name in the plan. */
  public Redis redis(String name) {
    return site.redis(name);
  }

  /** The PostgreSQL standby of this name in the plan. */
  public PostgresStandby standby(String name) {
    return site.standby(name);
  }

  /** The app of this name in the plan. */
  public App app(String name) {
    return site.app(name);
  }

  /** The address of this name in the plan. */
  public ServiceAddress address(String name) {
    return site.address(name);
  }

  /**
   * The files that the plan's policy has made, for faults that hit backups.
   *
   * @throws dev.drillbook.timeline.DrillException if the plan has no such policy
   */
  public BackupFiles backups(String policy) {
    BackupPolicy planned =
        plan.backup(policy)
            .orElseThrow(
                () ->
                    new DrillException(
                        plan.file() + " has no backup policy '" + policy + "'",
                        "declare it under backups"));
    return new BackupFiles(policy, site.backupFolder(planned));
  }

  /** The clients, at the standard pace. */
  public DrillRun workload(Workload clients) {
    return workload(clients, LoadProfile.standard());
  }

  /** The clients, at a pace of your own. */
  public DrillRun workload(Workload clients, LoadProfile pace) {
    this.workload = clients;
    this.load = pace;
    return this;
  }

  /** How the outage is measured; the standard is {@link ProbeProfile#standard()}. */
  public DrillRun probe(ProbeProfile profile) {
    this.probe = profile;
    return this;
  }

  /**
   * How long clients write before the backup and between the backup and the disaster; 1 s each by
   * default.
   */
  public DrillRun windows(Duration steady, Duration exposed) {
    this.steadyFor = steady;
    this.exposedFor = exposed;
    return this;
  }

  /**
   * How long the drill waits for clients to notice the disaster, and for stable service after the
   * last step; 30 s by default.
   */
  public DrillRun patience(Duration limit) {
    this.patience = limit;
    return this;
  }

  /**
   * What is done while clients write, before the backup: an older backup, say, that the recovery
   * must not fall for.
   */
  public DrillRun prepare(Action... actions) {
    preparations.addAll(List.of(actions));
    return this;
  }

  /**
   * The scheduled backups that the recovery has to work with, taken by the plan's own scripts. One
   * of a PostgreSQL database is taken while clients write; for others, and for several, the drill's
   * clients are held meanwhile, so that they have one recovery point.
   *
   * @param policies the scenario's own first
   */
  public DrillRun backup(String... policies) {
    this.backups = List.of(policies);
    return this;
  }

  /**
   * A point in time that the recovery has to reach with a base backup and the archived WAL. The
   * drill marks it some time after the backup, while clients write, and holds everything against
   * it. Commands are told it so: {@code db.script("restore.sh").with("RECOVERY_TARGET_TIME",
   * point::time)}.
   *
   * @param database one that archives its WAL
   */
  public RecoveryTarget recoveryPoint(Postgres database) {
    recoveryTarget = new RecoveryTarget(database);
    return recoveryTarget;
  }

  /**
   * What happens between the backup, or the recovery point, and the disaster, while clients write:
   * somebody asks to be forgotten, a later backup runs.
   */
  public DrillRun afterBackup(Action... actions) {
    afterBackup.addAll(List.of(actions));
    return this;
  }

  /**
   * Where the recovery brings the data, if not into the stores that it was lost from: a secondary
   * site's, another provider's, a promoted standby. Each takes the place of the lost one of its
   * kind.
   */
  public DrillRun restoredInto(Store... targets) {
    into.addAll(List.of(targets));
    return this;
  }

  /**
   * The recovery brings back what was damaged and keeps what clients wrote after the backup: of all
   * that was acknowledged before the disaster nothing may be missing.
   */
  public DrillRun keepsNewerWrites() {
    keepsNewerWrites = true;
    return this;
  }

  /**
   * The team's own monitoring, for disasters that no client's request fails of. It must succeed
   * before the disaster, notices it when it fails, and must succeed again before the outage is
   * over. It runs every 250 ms, or as often as it can.
   */
  public DrillRun noticedBy(Action look) {
    this.monitor = look;
    return this;
  }

  /** What goes wrong, in this order. */
  public DrillRun disaster(Fault... disaster) {
    faults.addAll(List.of(disaster));
    return this;
  }

  /**
   * For a step that takes the disaster's cause away: the network is mended, the disk has room
   * again. Faults that last and are not healed by a step are in force until the drill ends.
   *
   * @param fault one of the disaster's
   */
  public Action heal(Fault fault) {
    return () -> activeFaults.heal(fault);
  }

  /** What the drill does for the plan's automated step {@code id}. */
  public DrillRun recover(String id, Action... actions) {
    recovery.add(new RecoveryStep(id, List.of(actions)));
    return this;
  }

  /**
   * What must be right afterwards, besides what every drill checks: the clients' ledger and the
   * nonces.
   */
  public DrillRun verify(Check... looks) {
    checks.addAll(List.of(looks));
    return this;
  }

  /**
   * Carries the drill out and asserts that it passed.
   *
   * @throws DrillFailure if its verdict is not PASS
   * @throws RuntimeException if it passed, but a report of it could not be written
   * @throws dev.drillbook.timeline.DrillException if it was declared wrongly; nothing has run then
   */
  public void meetsItsObjectives() {
    DrillRecord record = run();
    if (record.verdict() != Verdict.PASS) {
      DrillFailure failure = new DrillFailure(record, context.failureMessage().apply(record));
      reportingProblems.forEach(failure::addSuppressed);
      throw failure;
    }
    for (RuntimeException problem : reportingProblems) {
      throw problem;
    }
  }

  /**
   * Carries the drill out and gives its record, whatever the verdict.
   *
   * @throws DoesNotApply if its recovery was to be changed in a way that makes no difference
   */
  public DrillRecord run() {
    if (started) {
      throw new IllegalStateException("a drill runs once");
    }
    DrillSpec spec =
        new DrillSpec(
            plan,
            scenario,
            Optional.ofNullable(workload),
            load,
            probe,
            List.copyOf(preparations),
            new Restoration(
                backups, Optional.ofNullable(recoveryTarget), List.copyOf(into), keepsNewerWrites),
            List.copyOf(afterBackup),
            Optional.ofNullable(monitor),
            List.copyOf(faults),
            activeFaults,
            List.copyOf(recovery),
            List.copyOf(checks),
            steadyFor,
            exposedFor,
            patience);
    spec.validate();
    context
        .change()
        .filter(change -> !change.appliesTo(spec.declared()))
        .ifPresent(
            change -> {
              throw new DoesNotApply(change.name());
            });
    started = true;
    DrillRunner runner = new DrillRunner(spec, site, context);
    DrillRecord record = runner.run();
    reportingProblems = runner.reportingProblems();
    return record;
  }

  /** Whether it was carried out; a drill that is only declared proves nothing. */
  public boolean wasRun() {
    return started;
  }
}
