package dev.drillbook.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.drillbook.report.TimelineDocument.ClockLine;
import dev.drillbook.report.TimelineDocument.EventLine;
import dev.drillbook.report.TimelineDocument.PhaseLine;
import dev.drillbook.report.TimelineDocument.Probes;
import dev.drillbook.report.TimelineDocument.Run;
import dev.drillbook.report.TimelineDocument.StepLine;
import dev.drillbook.run.DrillRecord;
import dev.drillbook.timeline.DrillClock;
import dev.drillbook.timeline.Event;
import dev.drillbook.timeline.Tick;
import dev.drillbook.workload.ProbeResult;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** A drill's whole timeline as JSON, for whoever wants to compute with it. */
public final class TimelineJson {
  private static final int SCHEMA = 1;
  private static final int MOST_PROBES = 20_000;
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
    int every = 1 + probes.size() / MOST_PROBES;
    List<ProbeResult> shown =
        IntStream.range(0, probes.size())
            .filter(i -> i % every == 0)
            .mapToObj(probes::get)
            .toList();
    return new Probes(
        probes.size(),
        (int) probes.stream().filter(probe -> !probe.ok()).count(),
        runs(probes),
        every,
        shown.stream().map(probe -> probe.due().nanos() / 1_000_000).toList(),
        shown.stream().map(probe -> took(probe) / 1_000_000).toList(),
        shown.stream().map(probe -> probe.ok() ? 1 : 0).toList());
  }

  private static List<Run> runs(List<ProbeResult> probes) {
    List<Run> runs = new ArrayList<>();
    int from = 0;
    for (int i = 1; i <= probes.size(); i++) {
      if (i == probes.size() || probes.get(i).ok() != probes.get(from).ok()) {
        runs.add(run(probes.subList(from, i)));
        from = i;
      }
    }
    return runs;
  }

  private static Run run(List<ProbeResult> alike) {
    ProbeResult first = alike.get(0);
    return new Run(
        first.ok(),
        alike.size(),
        millis(first.due()),
        millis(alike.get(alike.size() - 1).due()),
        millis(new Tick(alike.stream().mapToLong(TimelineJson::took).max().orElse(0))),
        first.error());
  }

  private static long took(ProbeResult probe) {
    return Math.max(0, probe.answered().nanos() - probe.due().nanos());
  }

  /** Down to the microsecond; more digits would only pretend. */
  private static double millis(Tick tick) {
    return Math.round(tick.nanos() / 1e3) / 1e3;
  }

  private static String utc(DrillClock clock, Tick tick) {
    return clock.wall(tick).toString();
  }
}
