package dev.drillbook.report;

import dev.drillbook.objective.EightClocks;
import dev.drillbook.plan.Step;
import dev.drillbook.recovery.StepResult;
import dev.drillbook.report.Svg.Anchor;
import dev.drillbook.run.DrillRecord;
import dev.drillbook.timeline.DurationText;
import dev.drillbook.timeline.Phase;
import dev.drillbook.timeline.Tick;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The lower part of the picture: the outage enlarged, with the eight clocks, the RTO and each step
 * of the recovery.
 */
final class OutagePanel {
  private final Svg svg;
  private final DrillRecord record;
  private final Tick fault;
  private final Panel panel;

  private OutagePanel(Svg svg, DrillRecord record, Tick fault, double top) {
    this.svg = svg;
    this.record = record;
    this.fault = fault;
    Tick end = end(record, fault);
    Duration margin = end.since(fault).dividedBy(25).plusMillis(1);
    Tick start = new Tick(Math.max(0, fault.nanos() - margin.toNanos()));
    this.panel = new Panel(svg, start, end.plus(margin), top);
  }

  /** Draws it from {@code top} on, and returns where it ends. */
  static double draw(Svg svg, DrillRecord record, double top) {
    Optional<Tick> fault = record.clocks().fault();
    if (fault.isEmpty()) {
      svg.text(20, top, Anchor.START, "heading", "No fault was injected: there was no outage");
      return top;
    }
    svg.text(20, top, Anchor.START, "heading", "The outage, enlarged");
    OutagePanel outage = new OutagePanel(svg, record, fault.get(), top + 8);
    outage.drawRows();
    return outage.panel.bottom();
  }

  private void drawRows() {
    List<ClockMark> marks = ClockMark.of(record.clocks());
    double flags = panel.bottom();
    panel.skip(marks.size() * ClockMark.HEIGHT + 6);
    double lines = panel.bottom() + (2 + steps().size()) * Panel.ROW;
    double rows = panel.bottom();
    ClockMark.draw(svg, panel.scale(), record.clock(), marks, flags, lines);
    missingClocks(flags);
    bracket();
    panel.label("probes");
    ProbeStrip.draw(svg, panel.scale(), record.probes(), panel.bottom());
    panel.nextRow();
    Tick after = fault;
    for (Step step : steps()) {
      after = step(step, after);
    }
    panel.shade(fault, record.clocks().stableOk().orElse(panel.scale().to()), rows);
    panel.axis(fault, "since the fault");
  }

  private List<Step> steps() {
    return record.scenario().steps();
  }

  private void missingClocks(double top) {
    List<String> never =
        record.clocks().byName().entrySet().stream()
            .filter(clock -> clock.getValue().isEmpty())
            .map(clock -> "never: " + clock.getKey())
            .toList();
    for (int i = 0; i < never.size(); i++) {
      svg.text(20, top + 12 + i * ClockMark.HEIGHT, Anchor.START, "strong FAIL", never.get(i));
    }
  }

  /** From the fault to stable OK; open to the right where service never came back. */
  private void bracket() {
    Optional<Tick> stable = record.clocks().stableOk();
    double left = panel.scale().x(fault);
    double right = stable.map(panel.scale()::x).orElse(panel.scale().right());
    double y = panel.bottom() + 9;
    svg.line(left, y - 5, left, y + 5, "bracket");
    svg.line(left, y, right, y, "bracket");
    if (stable.isPresent()) {
      svg.line(right, y - 5, right, y + 5, "bracket");
    }
    panel.label("RTO, allowed " + DurationText.of(record.scenario().rto()));
    panel.beside(fault, stable.orElse(panel.scale().to()), rto());
    panel.nextRow();
  }

  private String rto() {
    return record
        .outage()
        .map(
            outage ->
                DurationText.of(outage.sinceFault())
                    + (outage.declaredManual().isZero()
                        ? ""
                        : " + " + DurationText.of(outage.declaredManual()) + " manual"))
        .orElse("no RTO: not recovered");
  }

  private Tick step(Step step, Tick after) {
    Optional<StepResult> result =
        record.steps().stream().filter(r -> r.step().id().equals(step.id())).findFirst();
    panel.label(step.id());
    result.ifPresentOrElse(this::ran, () -> panel.text(after, notRun(step)));
    panel.nextRow();
    return result.map(StepResult::ended).orElse(after);
  }

  private void ran(StepResult result) {
    boolean good = result.succeeded() && result.findings().isEmpty();
    panel.bar(result.started(), result.ended(), good ? "repair" : "bad", result.step().title());
    panel.beside(result.started(), result.ended(), took(result));
  }

  private static String took(StepResult result) {
    String time = DurationText.of(result.took()) + " of " + DurationText.of(result.step().budget());
    return switch (result.outcome()) {
      case SUCCEEDED -> result.findings().isEmpty() ? time : "NOT AS PLANNED, " + time;
      case FAILED -> "FAILED, " + time;
      case TIMED_OUT -> "TIMED OUT, " + time;
    };
  }

  private static String notRun(Step step) {
    return step.declared()
        .map(time -> "by people, declared " + DurationText.of(time) + ", not waited for")
        .orElse("not run");
  }

  private static Tick end(DrillRecord record, Tick fault) {
    EightClocks clocks = record.clocks();
    Stream<Tick> phases =
        PhaseSpan.of(record).stream()
            .filter(span -> span.phase() == Phase.RECOVERY || span.phase() == Phase.STABILISATION)
            .filter(span -> span.complete() && clocks.stableOk().isEmpty())
            .map(PhaseSpan::ended);
    Stream<Tick> steps = record.steps().stream().map(StepResult::ended);
    Stream<Tick> marks = clocks.byName().values().stream().flatMap(Optional::stream);
    return Stream.of(phases, steps, marks)
        .flatMap(ticks -> ticks)
        .filter(tick -> tick.isAfter(fault))
        .max(Comparator.naturalOrder())
        .orElse(record.ended().isAfter(fault) ? record.ended() : fault);
  }
}
