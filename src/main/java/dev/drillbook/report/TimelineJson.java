package dev.drillbook.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.drillbook.report.TimelineDocument.ChecklistLine;
import dev.drillbook.report.TimelineDocument.ClockLine;
import dev.drillbook.report.TimelineDocument.ErrorLine;
import dev.drillbook.report.TimelineDocument.EscalationLine;
import dev.drillbook.report.TimelineDocument.EventLine;
import dev.drillbook.report.TimelineDocument.PhaseLine;
import dev.drillbook.report.TimelineDocument.Probes;
import dev.drillbook.report.TimelineDocument.StepLine;
import dev.drillbook.run.DrillRecord;
import dev.drillbook.timeline.DrillClock;
import dev.drillbook.timeline.Event;
import dev.drillbook.timeline.Tick;
import dev.drillbook.workload.ProbeResult;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A drill's whole timeline as JSON, for whoever wants to compute with it. */
public final class TimelineJson {
  private static final int SCHEMA = 1;
  private static final int MOST_ENTRIES = 20_000;
  private static final int MOST_ERRORS = 20;
  private static final ObjectWriter JSON =
      new ObjectMapper().writerFor(TimelineDocument.class).with(SerializationFeature.INDENT_OUTPUT);

  private TimelineJson() {}

  /** The document; see {@code TimelineDocument} for its fields. */
  public static String of(DrillRecord record) {
    try {
      return JSON.writeValueAsString(document(record));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the timeline has a field that is no JSON", e);
    }
  }

  private static TimelineDocument document(DrillRecord record) {
    DrillClock clock = record.clock();
    return new TimelineDocument(
        SCHEMA,
        record.id(),
        record.name(),
        record.verdict(),
        utc(clock, new Tick(0)),
        millis(record.ended()),
        PhaseSpan.of(record).stream()
            .map(
                span ->
                    new PhaseLine(
                        span.phase(),
                        span.phase().label(),
                        millis(span.started()),
                        millis(span.ended()),
                        span.complete()))
            .toList(),
        record.clocks().byName().entrySet().stream()
            .map(
                entry ->
                    new ClockLine(
                        entry.getKey(),
                        entry.getValue().map(TimelineJson::millis).orElse(null),
                        entry.getValue().map(tick -> utc(clock, tick)).orElse(null)))
            .toList(),
        record.steps().stream()
            .map(
                step ->
                    new StepLine(
                        step.step().id(),
                        millis(step.started()),
                        millis(step.ended()),
                        step.outcome().name()))
            .toList(),
        record.escalation().stream()
            .map(
                escalation ->
                    new EscalationLine(
                        escalation.level().level(),
                        escalation.level().who(),
                        escalation.sinceFault().map(TimelineJson::millis).orElse(null)))
            .toList(),
        record.checklist().stream()
            .map(
                result ->
                    new ChecklistLine(
                        result.item().id(), result.item().title(), result.verdict().orElse(null)))
            .toList(),
        record.timeline().stream().map(event -> line(clock, event)).toList(),
        probes(record.probes()));
  }

  private static EventLine line(DrillClock clock, Event event) {
    return new EventLine(
        event.getClass().getSimpleName(),
        millis(event.at()),
        completed(event),
        utc(clock, event.at()),
        EventText.of(event));
  }

  private static Double completed(Event event) {
    if (event instanceof Event.BackupTaken backup) {
      return millis(backup.completed());
    }
    return event instanceof Event.FaultInjected fault ? millis(fault.completed()) : null;
  }

  private static Probes probes(List<ProbeResult> probes) {
    int perEntry = 1 + Math.max(0, probes.size() - 1) / MOST_ENTRIES;
    List<List<ProbeResult>> entries =
        IntStream.iterate(0, from -> from < probes.size(), from -> from + perEntry)
            .mapToObj(from -> probes.subList(from, Math.min(probes.size(), from + perEntry)))
            .toList();
    return new Probes(
        probes.size(),
        failed(probes),
        perEntry,
        entries.stream().map(entry -> entry.get(0).due().nanos() / 1_000_000).toList(),
        entries.stream().map(TimelineJson::worst).toList(),
        entries.stream().map(TimelineJson::failed).toList(),
        errors(probes));
  }

  private static int failed(List<ProbeResult> probes) {
    return (int) probes.stream().filter(probe -> !probe.ok()).count();
  }

  private static long worst(List<ProbeResult> probes) {
    return probes.stream().mapToLong(TimelineJson::took).max().orElse(0) / 1_000_000;
  }

  private static List<ErrorLine> errors(List<ProbeResult> probes) {
    Map<String, Long> counts =
        probes.stream()
            .filter(probe -> !probe.ok())
            .collect(Collectors.groupingBy(ProbeResult::error, Collectors.counting()));
    return counts.entrySet().stream()
        .map(entry -> new ErrorLine(entry.getKey(), entry.getValue()))
        .sorted(
            Comparator.comparingLong(ErrorLine::count).reversed().thenComparing(ErrorLine::error))
        .limit(MOST_ERRORS)
        .toList();
  }

  private static long took(ProbeResult probe) {
    return Math.max(0, probe.answered().nanos() - probe.due().nanos());
  }

  private static double millis(Duration duration) {
    return millis(new Tick(0).plus(duration));
  }

  /** Down to the microsecond; more digits would only pretend. */
  private static double millis(Tick tick) {
    return Math.round(tick.nanos() / 1e3) / 1e3;
  }

  private static String utc(DrillClock clock, Tick tick) {
    return clock.wall(tick).toString();
  }
}
