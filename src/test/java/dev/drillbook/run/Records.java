package dev.drillbook.run;

import dev.drillbook.objective.DataLoss;
import dev.drillbook.objective.EightClocks;
import dev.drillbook.objective.ObjectiveResult;
import dev.drillbook.objective.Outage;
import dev.drillbook.objective.WorstCase;
import dev.drillbook.plan.BackupPolicy;
import dev.drillbook.plan.ChecklistItem;
import dev.drillbook.plan.Correction;
import dev.drillbook.plan.CronSchedule;
import dev.drillbook.plan.DrillPlan;
import dev.drillbook.plan.EscalationLevel;
import dev.drillbook.plan.Objective;
import dev.drillbook.plan.Scenario;
import dev.drillbook.plan.Severity;
import dev.drillbook.plan.Step;
import dev.drillbook.recovery.StepResult;
import dev.drillbook.site.Transcript;
import dev.drillbook.timeline.DrillClock;
import dev.drillbook.timeline.Event;
import dev.drillbook.timeline.Finding;
import dev.drillbook.timeline.Phase;
import dev.drillbook.timeline.Tick;
import dev.drillbook.timeline.Verdict;
import dev.drillbook.verification.CheckResult;
import dev.drillbook.verification.CutRange;
import dev.drillbook.verification.LedgerJudgement;
import dev.drillbook.workload.Ledger;
import dev.drillbook.workload.Operation;
import dev.drillbook.workload.Outcome;
import dev.drillbook.workload.ProbeResult;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Records of drills that never ran, written by hand: what reports are tested with. */
public final class Records {
  /** When every one of these drills started. */
  public static final Instant STARTED = Instant.parse("2026-11-01T02:00:00.250Z");

  private static final double FAULT = 6312.4;

  private Records() {}

  /** Everything came back in 1.5 s, after 2 minutes that people need; two writes were lost. */
  public static SampleRecord passing() {
    SampleRecord record = base();
    record.steps =
        List.of(
            ran(STOP, 6343.0, 6391.5, StepResult.Outcome.SUCCEEDED),
            ran(RESTORE, 6391.9, 7601.0, StepResult.Outcome.SUCCEEDED),
            ran(START, 7601.3, 7790.6, StepResult.Outcome.SUCCEEDED));
    record.clocks =
        new EightClocks(
            at(FAULT),
            at(6320.1),
            at(6341.0),
            at(6342.8),
            at(6391.9),
            at(7601.0),
            at(7793.0),
            at(7803.1));
    record.timeline = timeline(record.steps, true);
    record.probes = probes(3000, 8420, 10, 6315, 7790);
    record.outage =
        Optional.of(
            new Outage(
                ms(1490.7), ms(1483), Optional.of(ms(1209.1)), Duration.ofMinutes(2), ms(10)));
    record.loss =
        new DataLoss(
            Optional.of(ms(1390)),
            Optional.of(
                new WorstCase.Gap(
                    STARTED, STARTED.plus(Duration.ofHours(12)), ms(412), ZoneOffset.UTC)),
            Optional.of(ms(412)));
    record.objectives =
        List.of(
            new ObjectiveResult(
                "RTO",
                Duration.ofMinutes(15),
                Optional.of(ms(121_490.7)),
                "stable OK - fault, and 2 min of manual steps",
                Verdict.PASS,
                Optional.empty()),
            new ObjectiveResult(
                "RPO actual",
                Duration.ofHours(24),
                Optional.of(ms(1390)),
                "fault - acknowledgement of the oldest lost write",
                Verdict.PASS,
                Optional.empty()));
    record.ledger =
        Optional.of(
            new LedgerJudgement(
                288,
                214,
                70,
                4,
                145,
                69,
                1,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                write(145, 4922.4),
                write(213, 6308.0),
                new CutRange(at(4901.7), at(4922.4)),
                List.of()));
    record.checks =
        List.of(
            new CheckResult("row counts", Verdict.PASS, "4 tables, 3,317 rows", List.of(), ms(31)),
            new CheckResult("fingerprints", Verdict.PASS, "4 tables", List.of(), ms(122)),
            new CheckResult("foreign keys", Verdict.PASS, "3 constraints", List.of(), ms(9)));
    return record;
  }

  /** Came back, but with holes, a missed RPO and a slow step. */
  public static SampleRecord failing() {
    SampleRecord record = passing();
    Finding slow =
        Finding.fail(
            "step restart-application",
            "done within 100 ms",
            "189 ms",
            "make the step faster, or raise its budget in the plan");
    Finding worstCase =
        Finding.fail(
            "RPO worst case",
            "at most 1 h",
            "12 h 0.41 s: the schedule 0 */12 * * * leaves 12 h between recovery points",
            "back up at least every hour, or promise an RPO of 13 h");
    Finding holes =
        Finding.fail(
                "every write",
                "a prefix of what was acknowledged",
                "3 holes before the recovery point",
                "the restore skipped rows: read the transcript of restore-database for errors")
            .withExamples(List.of("order-17 <paid> & shipped", "order-18", "order-23"));
    Finding sequences =
        Finding.unknown(
            "sequences",
            "each sequence above its column's maximum",
            "the check crashed: relation \"orders_id_seq\" does not exist",
            "restore the sequences too, then run the drill again");
    List<StepResult> steps = new ArrayList<>(record.steps);
    StepResult last = steps.get(2);
    steps.set(
        2,
        new StepResult(
            last.step(),
            last.started(),
            last.ended(),
            last.outcome(),
            last.transcript(),
            List.of(slow)));
    record.steps = steps;
    record.objectives =
        List.of(
            record.objectives.get(0),
            record.objectives.get(1),
            new ObjectiveResult(
                "RPO worst case",
                Duration.ofHours(1),
                Optional.of(ms(43_200_412)),
                "longest gap in the schedule + time to take a backup",
                Verdict.FAIL,
                Optional.of(worstCase)));
    record.ledger =
        Optional.of(
            new LedgerJudgement(
                288,
                214,
                70,
                4,
                142,
                72,
                1,
                3,
                0,
                0,
                0,
                0,
                0,
                0,
                write(17, 3310.0),
                write(213, 6308.0),
                new CutRange(at(4901.7), at(4922.4)),
                List.of(holes)));
    record.loss =
        new DataLoss(Optional.of(ms(3002.4)), record.loss.worst(), record.loss.backupTook());
    List<CheckResult> checks = new ArrayList<>(record.checks);
    checks.add(new CheckResult("sequences", Verdict.UNKNOWN, "nothing", List.of(sequences), ms(4)));
    record.checks = checks;
    record.findings = List.of(holes, worstCase, slow, sequences);
    record.verdict = Verdict.FAIL;
    return record;
  }

  /** The restore itself failed: no outage, no ledger, no end of it. */
  public static SampleRecord recoveryFailed() {
    SampleRecord record = passing();
    Finding failed =
        Finding.fail(
            "step restore-database",
            "exit code 0",
            "restore-postgres.sh failed with exit code 3; it said:\n    ERROR: role \"shop\" does not exist",
            "the dump expects a role that this server lacks: create it before the restore");
    StepResult restore = ran(RESTORE, 6391.9, 6920.0, StepResult.Outcome.FAILED);
    record.steps =
        List.of(
            record.steps.get(0),
            new StepResult(
                RESTORE,
                restore.started(),
                restore.ended(),
                restore.outcome(),
                restore.transcript(),
                List.of(failed)));
    record.clocks =
        new EightClocks(
            at(FAULT),
            at(6320.1),
            at(6341.0),
            at(6342.8),
            at(6391.9),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    record.timeline = timeline(record.steps, false);
    record.probes = probes(3000, 6920, 10, 6315, 100_000);
    record.outage = Optional.empty();
    record.loss = new DataLoss(Optional.empty(), record.loss.worst(), record.loss.backupTook());
    record.ledger = Optional.empty();
    record.checks = List.of();
    record.objectives =
        List.of(
            new ObjectiveResult(
                "RTO",
                Duration.ofMinutes(15),
                Optional.empty(),
                "stable OK - fault, and 2 min of manual steps",
                Verdict.FAIL,
                Optional.of(failed)));
    record.findings = List.of(failed);
    record.verdict = Verdict.FAIL;
    return record;
  }

  /** A drill that was over before anything happened. */
  public static SampleRecord empty() {
    SampleRecord record = base();
    record.ended = tick(0);
    record.components = List.of();
    record.backup = Optional.empty();
    record.findings =
        List.of(Finding.unknown("the drill", "a disaster", "nothing ran", "read the log"));
    record.verdict = Verdict.UNKNOWN;
    return record;
  }

  /** An hour of probes every 10 ms, that flap for the last half of it. */
  public static SampleRecord hourLong() {
    SampleRecord record = passing();
    List<ProbeResult> probes = new ArrayList<>();
    for (int i = 0; i < 360_000; i++) {
      boolean ok = i < 180_000 || i % 3 != 0;
      probes.add(new ProbeResult(i, tick(i * 10), tick(i * 10 + 2), ok, ok ? "" : "refused"));
    }
    record.probes = probes;
    record.ended = tick(3_600_000);
    return record;
  }

  /** Names that no markup survives unescaped, and texts longer than any line. */
  public static SampleRecord hostile() {
    SampleRecord record = failing();
    String hostile =
        "<script>alert(\"&amp;\")</script> ]]> \u0000\u001b[31m '" + "long ".repeat(500);
    Scenario s = record.scenario;
    record.scenario =
        new Scenario(
            s.id(),
            hostile,
            s.severity(),
            s.objective(),
            s.rto(),
            s.rpo(),
            s.backup(),
            s.detectedWithin(),
            s.steps(),
            s.notDrilled());
    record.findings =
        List.of(
            Finding.fail(hostile, hostile, hostile, hostile).withExamples(List.of(hostile)),
            Finding.unknown("ünïcode ✓ 災害", "é", "日本", "—"));
    List<Event> events = new ArrayList<>(record.timeline);
    events.add(new Event.FaultInjected(tick(6314), tick(6314), hostile));
    events.add(new Event.BackupTaken(tick(10), tick(11), hostile, hostile, Long.MAX_VALUE));
    events.add(new Event.NoncePlanted(tick(12), hostile, true));
    events.add(new Event.Noted(tick(13), hostile));
    record.timeline = events;
    return record;
  }

  private static final Step ASSESS =
      new Step(
          "assess",
          "Assess the situation",
          Step.Kind.MANUAL,
          Duration.ofMinutes(2),
          Optional.of(Duration.ofMinutes(2)),
          false);
  private static final Step STOP = automated("stop-application", "Stop the application", 1, false);
  private static final Step RESTORE =
      automated("restore-database", "Restore the newest dump", 15, true);
  private static final Step START =
      automated("restart-application", "Start the application again", 2, false);

  private static SampleRecord base() {
    SampleRecord record = new SampleRecord();
    record.scenario =
        new Scenario(
            "complete-database-loss",
            "Complete database loss",
            Severity.P0,
            Optional.of("shop"),
            Duration.ofMinutes(15),
            Optional.of(Duration.ofHours(24)),
            Optional.of("nightly-dump"),
            Optional.empty(),
            List.of(ASSESS, STOP, RESTORE, START),
            Optional.empty());
    record.plan = plan(record.scenario);
    record.components =
        List.of(
            "db: PostgreSQL 15.12 from /usr/lib/postgresql/15/bin", "shop: process on port 8080");
    record.machine = new Machine("Linux 6.1", "amd64", 2, 1_073_741_824L, "17.0.15+6");
    record.clock = DrillClock.anchoredAt(STARTED);
    record.ended = tick(9120);
    record.backup =
        Optional.of(
            new BackupFacts(
                "nightly-dump", "dump-020005.sql.gz", 1_234_567, 9_876_543, ms(412), 3317));
    return record;
  }

  private static DrillPlan plan(Scenario drilled) {
    Scenario notDrilled =
        new Scenario(
            "region-loss",
            "The region is gone",
            Severity.P1,
            Optional.empty(),
            Duration.ofHours(4),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Optional.of("needs a second region; planned with the staging site"));
    return new DrillPlan(
        Path.of("drills/dhakacart/plan.yaml"),
        "dhakacart",
        "DhakaCart",
        Map.of(),
        List.of(
            new BackupPolicy(
                "nightly-dump",
                "db",
                BackupPolicy.Kind.FULL,
                Optional.empty(),
                Optional.of("backup-postgres.sh"),
                Optional.of(CronSchedule.parse("0 */12 * * *")),
                Duration.ofDays(7),
                Optional.empty(),
                "postgres",
                "none")),
        List.of(drilled, notDrilled),
        List.of(
            new Objective(
                "shop",
                Duration.ofMinutes(15),
                Optional.of(Duration.ofHours(24)),
                Optional.of(Objective.Priority.CRITICAL)),
            new Objective("search", Duration.ofHours(8), Optional.empty(), Optional.empty())),
        List.of(
            new EscalationLevel(1, "On-call", Duration.ZERO),
            new EscalationLevel(2, "Team lead", Duration.ofMinutes(2)),
            new EscalationLevel(3, "Head of operations", Duration.ofMinutes(30))),
        List.of(
            new ChecklistItem.Checked("counted", "Rows counted", "row counts"),
            new ChecklistItem.Signed(
                "post-mortem", "Post-mortem held", "Team lead", Optional.of(Duration.ofDays(2)))),
        List.of(),
        Optional.empty(),
        Map.of(),
        Map.of(),
        Map.of(),
        List.of(
            new Correction(
                List.of("backups", "nightly-dump", "schedule"),
                "daily",
                "0 */12 * * *",
                "an RPO of 12 h does not hold with one backup a day",
                Optional.of("DC-1"))));
  }

  private static List<Event> timeline(List<StepResult> steps, boolean recovered) {
    List<Event> events = new ArrayList<>();
    phase(events, Phase.PROVISION, 0, 2890.0);
    phase(events, Phase.STEADY_STATE, 2890.5, 4400.0);
    events.add(new Event.NoncePlanted(tick(4380), "before-1", true));
    phase(events, Phase.BACKUP, 4401.0, 4830.0);
    events.add(
        new Event.BackupTaken(
            tick(4405), tick(4817), "nightly-dump", "dump-020005.sql.gz", 1_234_567));
    phase(events, Phase.EXPOSURE, 4830.2, 6311.0);
    events.add(new Event.NoncePlanted(tick(4842), "after-1", false));
    phase(events, Phase.DISASTER, 6311.2, 6318.9);
    events.add(new Event.FaultInjected(tick(FAULT), tick(6314.0), "kill -9 of db"));
    events.add(new Event.FaultInjected(tick(6314.1), tick(6318.7), "data directory of db emptied"));
    phase(events, Phase.DETECTION, 6319.0, 6341.2);
    events.add(new Event.OutageDetected(tick(6341.0)));
    events.add(new Event.RecoveryDecided(tick(6342.8)));
    double recoveryEnd = steps.get(steps.size() - 1).ended().nanos() / 1e6 + 0.2;
    phase(events, Phase.RECOVERY, 6342.0, recoveryEnd);
    for (StepResult step : steps) {
      events.add(new Event.StepStarted(step.started(), step.step().id()));
      events.add(
          new Event.StepEnded(
              step.ended(),
              step.step().id(),
              step.succeeded(),
              step.succeeded() ? "" : "exit code 3"));
    }
    if (recovered) {
      phase(events, Phase.STABILISATION, 7790.9, 8303.0);
      phase(events, Phase.QUIESCE, 8303.2, 8420.0);
      phase(events, Phase.VERIFICATION, 8420.3, 8611.0);
    }
    events.add(new Event.FaultHealed(tick(8612), "kill -9 of db"));
    phase(events, Phase.CLEAN_UP, 8611.5, 9119.0);
    return events;
  }

  private static void phase(List<Event> events, Phase phase, double from, double to) {
    events.add(new Event.PhaseStarted(tick(from), phase));
    events.add(new Event.PhaseEnded(tick(to), phase));
  }

  private static StepResult ran(Step step, double from, double to, StepResult.Outcome outcome) {
    Transcript transcript = new Transcript(Set.of("hunter2"));
    transcript.add(Transcript.Stream.COMMAND, "./" + step.id() + ".sh");
    transcript.add(Transcript.Stream.OUT, "done with password hunter2");
    return new StepResult(step, tick(from), tick(to), outcome, transcript, List.of());
  }

  private static Step automated(String id, String title, int minutes, boolean restore) {
    return new Step(
        id, title, Step.Kind.AUTOMATED, Duration.ofMinutes(minutes), Optional.empty(), restore);
  }

  private static List<ProbeResult> probes(
      double from, double to, double every, double failFrom, double failTo) {
    List<ProbeResult> probes = new ArrayList<>();
    for (double due = from; due < to; due += every) {
      boolean ok = due < failFrom || due > failTo;
      probes.add(
          new ProbeResult(
              probes.size(), tick(due), tick(due + 2.4), ok, ok ? "" : "connection refused"));
    }
    return probes;
  }

  private static Optional<Ledger.Entry> write(int id, double acknowledged) {
    return Optional.of(
        new Ledger.Entry(
            id,
            Operation.Kind.INSERT,
            "order-" + id,
            "paid",
            tick(acknowledged - 3),
            tick(acknowledged),
            Outcome.ACKNOWLEDGED,
            ""));
  }

  private static Optional<Tick> at(double millis) {
    return Optional.of(tick(millis));
  }

  private static Tick tick(double millis) {
    return new Tick(Math.round(millis * 1e6));
  }

  private static Duration ms(double millis) {
    return Duration.ofNanos(Math.round(millis * 1e6));
  }
}
