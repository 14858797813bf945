package dev.drillbook.run;

import dev.drillbook.objective.EightClocks;
import dev.drillbook.site.Site;
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
import dev.drillbook.verification.RecoveryPoint;
import dev.drillbook.verification.RowHashes;
import dev.drillbook.verification.StoreAfterwards;
import dev.drillbook.workload.Clients;
import dev.drillbook.workload.Contents;
import dev.drillbook.workload.LedgerView;
import dev.drillbook.workload.Operation;
import dev.drillbook.workload.Outcome;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Judges what came back: the author's checks, and what every drill checks. */
final class Verification {
  private final DrillSpec spec;
  private final Site site;
  private final Timeline timeline;
  private final Findings findings;
  private final RecordBuilder record;
  private final Clients clients;
  private final RestoreWatch restoreWatch;
  private final EightClocks clocks;

  Verification(
      DrillSpec spec,
      Site site,
      Timeline timeline,
      Findings findings,
      RecordBuilder record,
      Clients clients,
      RestoreWatch restoreWatch,
      EightClocks clocks) {
    this.spec = spec;
    this.site = site;
    this.clocks = clocks;
    this.timeline = timeline;
    this.findings = findings;
    this.record = record;
    this.clients = clients;
    this.restoreWatch = restoreWatch;
  }

  void run() {
    List<CheckResult> results = new ArrayList<>();
    LedgerView ledger = clients.ledger().view();
    judgeContents(ledger, results);
    Evidence evidence = evidence();
    if (restoreWatch.looks()) {
      evidence
          .databases()
          .forEach(
              database ->
                  results.add(
                      Afterwards.judge(
                          database.restored(),
                          database.live(),
                          changesSinceRestore(ledger, clocks.restoreEnd()),
                          restoreWatch.undoneRows())));
    }
    for (Evidence.Stored store : evidence.stores()) {
      results.add(
          StoreAfterwards.judge(
              store.spec().name(),
              store.restored(),
              store.live(),
              changesSinceRestore(ledger, clocks.restoreEnd())));
    }
    results.addAll(Examiner.examine(spec.checks(), evidence));
    results.forEach(result -> findings.addAll(result.findings()));
    findings.addAll(ChecklistResult.unkept(spec.plan().checklist(), results));
    record.checks(results);
  }

  /** A write that nobody answered may take effect at any time, also after the restore. */
  private static long changesSinceRestore(LedgerView ledger, Optional<Tick> restoreEnd) {
    long restored = restoreEnd.map(Tick::nanos).orElse(Long.MIN_VALUE);
    return IntStream.range(0, ledger.size())
        .filter(id -> ledger.kind(id) != Operation.Kind.INSERT)
        .filter(
            id ->
                ledger.outcome(id) == Outcome.INDETERMINATE
                    || (ledger.outcome(id) == Outcome.ACKNOWLEDGED
                        && ledger.answeredNanos(id) >= restored))
        .count();
  }

  /** Reads the store once, for the ledger's judge and for the nonces. */
  private void judgeContents(LedgerView ledger, List<CheckResult> results) {
    List<Event.NoncePlanted> nonces = timeline.all(Event.NoncePlanted.class).toList();
    Set<String> planted = nonces.stream().map(Event.NoncePlanted::key).collect(Collectors.toSet());
    Set<String> back = new HashSet<>();
    try (RowHashes rows = new RowHashes()) {
      boolean read =
          readContents(
              (key, value) -> {
                rows.row(key, value);
                if (planted.contains(key)) {
                  back.add(key);
                }
              });
      if (read) {
        judgeLedger(ledger, rows);
        if (!spec.backupPolicies().isEmpty()) {
          results.add(Nonces.judge(nonces, back, spec.restoration().keepsNewerWrites()));
        }
      }
    }
  }

  private boolean readContents(Contents sink) {
    try {
      clients.workload().contents(sink);
      return true;
    } catch (Exception e) {
      findings.add(
          Verdict.UNKNOWN, "ledger", "the store can be read, to see which writes survived", e);
      return false;
    }
  }

  /**
   * Where nothing was restored, what is there when the service is back takes the place of what was
   * restored: from then on it must keep what it acknowledges.
   */
  private void judgeLedger(LedgerView ledger, RowHashes rows) {
    Tick fault = clocks.fault().orElseThrow();
    Tick restored =
        clocks
            .restoreEnd()
            .or(clocks::stableOk)
            .or(clocks::firstOk)
            .orElse(new Tick(Long.MAX_VALUE));
    LedgerJudgement judgement =
        LedgerJudge.judge(
            ledger, rows, clients.workload()::contents, recoveryPoint(fault, restored), restored);
    record.ledger(judgement);
    findings.addAll(judgement.findings());
    judgeLossWithoutAPromise(judgement);
    boolean acknowledgedBefore =
        IntStream.range(0, ledger.size())
            .anyMatch(
                id ->
                    ledger.outcome(id) == Outcome.ACKNOWLEDGED
                        && ledger.answeredNanos(id) < fault.nanos());
    if (!acknowledgedBefore) {
      findings.add(
          Finding.unknown(
              "ledger",
              "writes were acknowledged before the disaster",
              "none was, so none could be lost",
              "does the app acknowledge anything? see its log"));
    }
  }

  /** What a recovery that keeps newer writes goes back to is the moment of the disaster. */
  private Optional<RecoveryPoint> recoveryPoint(Tick fault, Tick restored) {
    if (!spec.restoration().keepsNewerWrites()) {
      return record.checkpoint().map(Checkpoint::point);
    }
    return Optional.of(new RecoveryPoint(fault, restored.isBefore(fault) ? fault : restored));
  }

  /** A recovery that goes back to no earlier state has no excuse for losing anything. */
  private void judgeLossWithoutAPromise(LedgerJudgement judgement) {
    if (clocks.restoreEnd().isEmpty()
        && spec.scenario().rpo().isEmpty()
        && judgement.oldestLost().isPresent()) {
      findings.add(
          Finding.fail(
              "ledger",
              "nothing is restored, and the plan promises no RPO: no acknowledged write is lost",
              judgement.lost() + " writes are lost",
              "is the store durable (fsync, synchronous_commit)? if some loss is meant to be allowed, give the scenario an rpo"));
    }
  }

  private Evidence evidence() {
    RestoredDatabase target = new RestoredDatabase(spec, site);
    List<Evidence.Database> databases = new ArrayList<>();
    Optional<DatabaseImage> restored = restoreWatch.restoredImage();
    target
        .server()
        .ifPresent(
            server ->
                databases.add(
                    new Evidence.Database(
                        target.spec(),
                        server,
                        record.checkpoint().flatMap(Checkpoint::database),
                        restored,
                        restoreWatch.liveImage(),
                        restoreWatch.unreadable(),
                        restoreWatch.rowFinder())));
    List<Evidence.Stored> stores =
        restoreWatch.stores().stream().map(WatchedStore::evidence).toList();
    return new Evidence(databases, stores, clients);
  }
}
