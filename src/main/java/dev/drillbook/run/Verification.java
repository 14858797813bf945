package dev.drillbook.run;

import dev.drillbook.plan.ComponentSpec;
import dev.drillbook.snapshot.DatabaseImage;
import dev.drillbook.timeline.Event;
import dev.drillbook.timeline.Finding;
import dev.drillbook.timeline.Tick;
import dev.drillbook.timeline.Timeline;
import dev.drillbook.timeline.Verdict;
import dev.drillbook.verification.Afterwards;
import dev.drillbook.verification.CheckResult;
import dev.drillbook.verification.Evidence;
import dev.drillbook.verification.Examiner;
import dev.drillbook.verification.LedgerJudge;
import dev.drillbook.verification.LedgerJudgement;
import dev.drillbook.verification.Nonces;
import dev.drillbook.workload.Clients;
import dev.drillbook.workload.Ledger;
import dev.drillbook.workload.Operation;
import dev.drillbook.workload.Outcome;
import dev.drillbook.workload.StoredRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Judges what came back: the author's checks, and what every drill checks. */
final class Verification {
  private final DrillSpec spec;
  private final Timeline timeline;
  private final Findings findings;
  private final RecordBuilder record;
  private final Clients clients;
  private final RestoreWatch restoreWatch;

  Verification(
      DrillSpec spec,
      Timeline timeline,
      Findings findings,
      RecordBuilder record,
      Clients clients,
      RestoreWatch restoreWatch) {
    this.spec = spec;
    this.timeline = timeline;
    this.findings = findings;
    this.record = record;
    this.clients = clients;
    this.restoreWatch = restoreWatch;
  }

  void run() {
    List<CheckResult> results = new ArrayList<>();
    List<Ledger.Entry> ledger = clients.ledger().entries();
    Optional<Tick> restoreEnd = DrillRunner.clocks(spec, timeline, clients).restoreEnd();
    Optional<List<StoredRow>> contents = contents();
    contents.ifPresent(
        rows -> {
          judgeLedger(ledger, rows, restoreEnd);
          if (spec.backup().isPresent()) {
            results.add(Nonces.judge(timeline.all(Event.NoncePlanted.class).toList(), rows));
          }
        });
    Evidence evidence = evidence();
    evidence
        .databases()
        .forEach(
            database ->
                results.add(
                    Afterwards.judge(
                        database.restored(),
                        database.live(),
                        changesSinceRestore(ledger, restoreEnd))));
    results.addAll(Examiner.examine(spec.checks(), evidence));
    results.forEach(result -> findings.addAll(result.findings()));
    record.checks(results);
  }

  private Optional<List<StoredRow>> contents() {
    try {
      return Optional.of(clients.workload().contents());
    } catch (Exception e) {
      findings.add(
          Verdict.UNKNOWN, "ledger", "the store can be read, to see which writes survived", e);
      return Optional.empty();
    }
  }

  /** A write that nobody answered may take effect at any time, also after the restore. */
  private static long changesSinceRestore(List<Ledger.Entry> ledger, Optional<Tick> restoreEnd) {
    Tick restored = restoreEnd.orElse(new Tick(Long.MIN_VALUE));
    return ledger.stream()
        .filter(entry -> entry.kind() != Operation.Kind.INSERT)
        .filter(
            entry ->
                entry.outcome() == Outcome.INDETERMINATE
                    || (entry.outcome() == Outcome.ACKNOWLEDGED
                        && !entry.answered().isBefore(restored)))
        .count();
  }

  private void judgeLedger(
      List<Ledger.Entry> ledger, List<StoredRow> rows, Optional<Tick> restoreEnd) {
    Tick fault = timeline.first(Event.FaultInjected.class).orElseThrow().at();
    Tick restored =
        restoreEnd.filter(end -> spec.backup().isPresent()).orElse(new Tick(Long.MAX_VALUE));
    LedgerJudgement judgement = LedgerJudge.judge(ledger, rows, record.recoveryPoint(), restored);
    record.ledger(judgement);
    findings.addAll(judgement.findings());
    long acknowledgedBefore =
        ledger.stream()
            .filter(
                entry ->
                    entry.outcome() == Outcome.ACKNOWLEDGED && entry.answered().isBefore(fault))
            .count();
    if (acknowledgedBefore == 0) {
      findings.add(
          Finding.unknown(
              "ledger",
              "writes were acknowledged before the disaster",
              "none was, so none could be lost",
              "does the app acknowledge anything? see its log"));
    }
  }

  private Evidence evidence() {
    List<Evidence.Database> databases = new ArrayList<>();
    Optional<DatabaseImage> restored = restoreWatch.restoredImage();
    spec.backupPolicy()
        .ifPresent(
            policy ->
                databases.add(
                    new Evidence.Database(
                        (ComponentSpec.Postgres) spec.plan().components().get(policy.component()),
                        record.database(policy.component()),
                        record.checkpoint(),
                        restored,
                        restoreWatch.liveImage(),
                        restoreWatch.unreadable(),
                        restoreWatch.rowFinder())));
    return new Evidence(databases, clients);
  }
}
