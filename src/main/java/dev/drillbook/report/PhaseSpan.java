package dev.drillbook.report;

import dev.drillbook.run.DrillRecord;
import dev.drillbook.timeline.Event;
import dev.drillbook.timeline.Phase;
import dev.drillbook.timeline.Tick;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A phase from its start to its end.
 *
 * @param ended the drill's end where the phase never ended
 * @param complete whether it came to its end
 */
public record PhaseSpan(Phase phase, Tick started, Tick ended, boolean complete) {

  /** The phases of a drill, in the order in which they began. */
  public static List<PhaseSpan> of(DrillRecord record) {
    List<Event> events = record.timeline();
    List<PhaseSpan> spans = new ArrayList<>();
    for (int i = 0; i < events.size(); i++) {
      if (events.get(i) instanceof Event.PhaseStarted start) {
        spans.add(span(start, events.subList(i, events.size()), record.ended()));
      }
    }
    return List.copyOf(spans);
  }

  public Duration took() {
    return ended.since(started);
  }

  private static PhaseSpan span(Event.PhaseStarted start, List<Event> rest, Tick drillEnded) {
    return rest.stream()
        .filter(event -> event instanceof Event.PhaseEnded end && end.phase() == start.phase())
        .findFirst()
        .map(end -> new PhaseSpan(start.phase(), start.at(), end.at(), true))
        .orElseGet(() -> new PhaseSpan(start.phase(), start.at(), drillEnded, false));
  }
}
