package dev.drillbook.history;

import dev.drillbook.history.HistoryEntry.CheckLine;
import dev.drillbook.history.HistoryEntry.ChecklistLine;
import dev.drillbook.history.HistoryEntry.Clocks;
import dev.drillbook.history.HistoryEntry.CorrectionLine;
import dev.drillbook.history.HistoryEntry.EscalationLine;
import dev.drillbook.history.HistoryEntry.FindingLine;
import dev.drillbook.history.HistoryEntry.MachineLine;
import dev.drillbook.history.HistoryEntry.Measured;
import dev.drillbook.history.HistoryEntry.StepLine;
import dev.drillbook.history.HistoryEntry.Targets;
import dev.drillbook.history.HistoryEntry.Writes;
import dev.drillbook.objective.EightClocks;
import dev.drillbook.objective.Outage;
import dev.drillbook.plan.ChecklistItem;
import dev.drillbook.plan.Scenario;
import dev.drillbook.run.BackupFacts;
import dev.drillbook.run.ChecklistResult;
import dev.drillbook.run.DrillRecord;
import dev.drillbook.run.Machine;
import dev.drillbook.timeline.Tick;
import dev.drillbook.verification.LedgerJudgement;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Function;

/** Turns the record of a drill into its line of the history. */
final class HistoryEntries {

  private HistoryEntries() {}

  static HistoryEntry of(DrillRecord record) {
    Scenario scenario = record.scenario();
    return new HistoryEntry(
        HistoryEntry.SCHEMA,
        record.id(),
        record.clock().wall(new Tick(0)).truncatedTo(ChronoUnit.MILLIS).toString(),
        record.plan().system(),
        scenario.id(),
        scenario.severity(),
        record.site(),
        record.verdict(),
        machine(record.machine()),
        record.scale(),
        record.components(),
        new Targets(scenario.rto().toMillis(), millis(scenario.rpo())),
        measured(record),
        clocks(record.clocks()),
        record.ledger().map(HistoryEntries::writes).orElse(null),
        record.steps().stream()
            .map(
                step ->
                    new StepLine(
                        step.step().id(),
                        step.outcome(),
                        step.took().toMillis(),
                        step.step().budget().toMillis()))
            .toList(),
        record.checks().stream()
            .map(check -> new CheckLine(check.name(), check.verdict()))
            .toList(),
        record.escalation().stream()
            .map(
                escalation ->
                    new EscalationLine(
                        escalation.level().level(),
                        escalation.level().who(),
                        escalation.level().after().toMillis(),
                        millis(escalation.sinceFault())))
            .toList(),
        record.checklist().stream().map(HistoryEntries::checklist).toList(),
        record.findings().stream()
            .map(f -> new FindingLine(f.verdict(), f.subject(), f.expected(), f.found()))
            .toList(),
        record.plan().corrections().stream()
            .map(
                c ->
                    new CorrectionLine(
                        c.path(),
                        c.asWritten(),
                        c.corrected(),
                        c.reason(),
                        c.finding().orElse(null)))
            .toList());
  }

  private static ChecklistLine checklist(ChecklistResult result) {
    ChecklistItem item = result.item();
    if (item instanceof ChecklistItem.Signed signed) {
      return new ChecklistLine(signed.id(), null, signed.role(), millis(signed.within()), null);
    }
    return new ChecklistLine(
        item.id(),
        ((ChecklistItem.Checked) item).check(),
        null,
        null,
        result.verdict().orElseThrow());
  }

  private static MachineLine machine(Machine machine) {
    return new MachineLine(
        machine.os(),
        machine.architecture(),
        machine.processors(),
        machine.maxHeapBytes(),
        machine.java());
  }

  private static Measured measured(DrillRecord record) {
    Optional<Outage> outage = record.outage();
    Optional<BackupFacts> backup = record.backup();
    return new Measured(
        millis(outage, Outage::sinceFault),
        millis(outage, Outage::sinceFirstFailedRequest),
        millis(outage.flatMap(Outage::restoreOnly)),
        millis(outage, Outage::declaredManual),
        millis(outage, Outage::withManualSteps),
        millis(outage, Outage::precision),
        millis(record.loss().actual()),
        millis(record.loss().worstCase()),
        millis(record.loss().backupTook().or(() -> backup.map(BackupFacts::took))),
        backup.map(BackupFacts::bytes).orElse(null),
        backup.map(BackupFacts::rows).orElse(null),
        backup.map(BackupFacts::databaseBytes).orElse(null));
  }

  private static Clocks clocks(EightClocks clocks) {
    return new Clocks(
        afterStart(clocks.fault()),
        afterStart(clocks.firstFailedRequest()),
        afterStart(clocks.detected()),
        afterStart(clocks.decided()),
        afterStart(clocks.restoreStart()),
        afterStart(clocks.restoreEnd()),
        afterStart(clocks.firstOk()),
        afterStart(clocks.stableOk()));
  }

  private static Writes writes(LedgerJudgement ledger) {
    return new Writes(
        ledger.attempted(),
        ledger.acknowledged(),
        ledger.failed(),
        ledger.indeterminate(),
        ledger.surviving(),
        ledger.lost(),
        ledger.recovered(),
        ledger.holes(),
        ledger.stale(),
        ledger.phantoms(),
        ledger.duplicates(),
        ledger.altered(),
        ledger.resurrected(),
        ledger.lostAfterwards(),
        afterStart(ledger.shown().from()),
        afterStart(ledger.shown().to()));
  }

  private static Long afterStart(Optional<Tick> tick) {
    return millis(tick.map(at -> at.since(new Tick(0))));
  }

  private static <T> Long millis(Optional<T> whole, Function<T, Duration> part) {
    return millis(whole.map(part));
  }

  private static Long millis(Optional<Duration> duration) {
    return duration.map(Duration::toMillis).orElse(null);
  }
}
