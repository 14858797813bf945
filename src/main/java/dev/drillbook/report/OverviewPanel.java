package dev.drillbook.report;

import dev.drillbook.report.Svg.Anchor;
import dev.drillbook.run.DrillRecord;
import dev.drillbook.timeline.DurationText;
import dev.drillbook.timeline.Event;
import dev.drillbook.timeline.Phase;
import dev.drillbook.timeline.Tick;
import dev.drillbook.verification.LedgerJudgement;
import dev.drillbook.workload.Ledger;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The upper part of the picture: the drill from its start to its end. */
final class OverviewPanel {
  private static final int MOST_FAULTS = 6;
  private static final int MOST_NOTES = 6;

  private final Svg svg;
  private final DrillRecord record;
  private final Panel panel;

  private OverviewPanel(Svg svg, DrillRecord record, double top) {
    this.svg = svg;
    this.record = record;
    this.panel = new Panel(svg, new Tick(0), record.ended(), top);
  }

  /** Draws it from {@code top} on, and returns where it ends. */
  static double draw(Svg svg, DrillRecord record, double top) {
    svg.text(20, top, Anchor.START, "heading", "The whole drill");
    OverviewPanel overview = new OverviewPanel(svg, record, top + 8);
    PhaseSpan.of(record).forEach(overview::phase);
    overview.all(Event.BackupTaken.class).forEach(overview::backup);
    overview.nonces(true);
    overview.nonces(false);
    overview.faults();
    record.ledger().ifPresent(overview::lostWrites);
    overview.notes();
    overview.probes();
    overview.outage(top + 8);
    overview.panel.axis(new Tick(0), "since the start");
    return overview.panel.bottom();
  }

  private void outage(double top) {
    Tick end = record.clocks().stableOk().orElse(record.ended());
    record.clocks().fault().ifPresent(fault -> panel.shade(fault, end, top));
  }

  private void phase(PhaseSpan span) {
    panel.label(span.phase().label());
    panel.bar(span.started(), span.ended(), style(span.phase()), span.phase().label());
    String took = DurationText.of(span.took());
    panel.beside(span.started(), span.ended(), span.complete() ? took : took + ", never ended");
    panel.nextRow();
  }

  private static String style(Phase phase) {
    return switch (phase) {
      case DISASTER, DETECTION -> "trouble";
      case RECOVERY, STABILISATION -> "repair";
      case VERIFICATION -> "judge";
      default -> "calm";
    };
  }

  private void backup(Event.BackupTaken backup) {
    panel.label("backup " + backup.policy());
    panel.bar(backup.at(), backup.completed(), "backup", backup.file());
    panel.beside(
        backup.at(),
        backup.completed(),
        ByteText.of(backup.bytes())
            + " in "
            + DurationText.of(backup.completed().since(backup.at())));
    panel.nextRow();
  }

  private void nonces(boolean before) {
    List<Event.NoncePlanted> nonces =
        all(Event.NoncePlanted.class).filter(n -> n.beforeRecoveryPoint() == before).toList();
    if (nonces.isEmpty()) {
      return;
    }
    String text = before ? "must come back" : "must not come back";
    panel.label(nonces.size() == 1 ? "nonce" : nonces.size() + " nonces");
    nonces.forEach(n -> panel.diamond(n.at(), before ? "must" : "mustnot", n.key() + " " + text));
    panel.beside(nonces.get(0).at(), nonces.get(nonces.size() - 1).at(), text);
    panel.nextRow();
  }

  private void faults() {
    List<Event.FaultInjected> faults = all(Event.FaultInjected.class).toList();
    faults.stream().limit(MOST_FAULTS).forEach(this::fault);
    if (faults.size() > MOST_FAULTS) {
      panel.label("and " + (faults.size() - MOST_FAULTS) + " more faults");
      panel.nextRow();
    }
  }

  private void fault(Event.FaultInjected fault) {
    Optional<Tick> healed =
        all(Event.FaultHealed.class)
            .filter(heal -> heal.fault().equals(fault.fault()) && heal.at().isAfter(fault.at()))
            .map(Event.FaultHealed::at)
            .findFirst();
    panel.label("fault");
    panel.bar(fault.at(), healed.orElse(fault.completed()), "bad", fault.fault());
    panel.beside(
        fault.at(),
        healed.orElse(fault.completed()),
        healed.isPresent() ? fault.fault() + ", then healed" : fault.fault());
    panel.nextRow();
  }

  private void lostWrites(LedgerJudgement ledger) {
    lost()
        .ifPresent(
            oldest -> {
              Tick from = oldest.answered();
              Tick last = ledger.newestLost().map(Ledger.Entry::answered).orElse(from);
              Tick fault = record.clocks().fault().filter(f -> f.isAfter(last)).orElse(last);
              panel.label("acknowledged, then lost");
              panel.bar(from, fault, "back", "from the oldest lost write to the fault");
              panel.bar(from, last, "lost", "the lost writes");
              panel.beside(from, fault, lostText(ledger));
              panel.nextRow();
            });
  }

  private String lostText(LedgerJudgement ledger) {
    return ledger.lost()
        + (ledger.lost() == 1 ? " write lost" : " writes lost")
        + record.loss().actual().map(rpo -> ", RPO " + DurationText.of(rpo)).orElse("");
  }

  private Optional<Ledger.Entry> lost() {
    return record.ledger().flatMap(LedgerJudgement::oldestLost);
  }

  private void notes() {
    all(Event.Noted.class)
        .limit(MOST_NOTES)
        .forEach(
            note -> {
              panel.label("note");
              panel.diamond(note.at(), "calm", note.text());
              panel.beside(note.at(), note.at(), note.text());
              panel.nextRow();
            });
  }

  private void probes() {
    panel.label("probes: " + ProbeStrip.summary(record.probes()));
    ProbeStrip.draw(svg, panel.scale(), record.probes(), panel.bottom());
    panel.nextRow();
  }

  private <E extends Event> Stream<E> all(Class<E> kind) {
    return record.timeline().stream().filter(kind::isInstance).map(kind::cast);
  }
}
