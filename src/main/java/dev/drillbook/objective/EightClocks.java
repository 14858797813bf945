package dev.drillbook.objective;

import dev.drillbook.timeline.Tick;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The eight instants of an outage. One that never came is empty; none is ever guessed.
 *
 * @param fault just before the first fault's injection began
 * @param firstFailedRequest when a client first learned that a request had failed
 * @param detected when the probe had failed often enough in a row for monitoring to notice
 * @param decided when the runbook was taken up
 * @param restoreStart when the first step that brings data back began
 * @param restoreEnd when the last such step ended
 * @param firstOk when the first probe succeeded after one had failed
 * @param stableOk when the first success came of the run of successes that lasted: the end of the
 *     outage
 */
public record EightClocks(
    Optional<Tick> fault,
    Optional<Tick> firstFailedRequest,
    Optional<Tick> detected,
    Optional<Tick> decided,
    Optional<Tick> restoreStart,
    Optional<Tick> restoreEnd,
    Optional<Tick> firstOk,
    Optional<Tick> stableOk) {

  /** All eight by name, in their usual order. */
  public Map<String, Optional<Tick>> byName() {
    Map<String, Optional<Tick>> clocks = new LinkedHashMap<>();
    clocks.put("fault", fault);
    clocks.put("first failed request", firstFailedRequest);
    clocks.put("detected", detected);
    clocks.put("decided", decided);
    clocks.put("restore start", restoreStart);
    clocks.put("restore end", restoreEnd);
    clocks.put("first OK", firstOk);
    clocks.put("stable OK", stableOk);
    return clocks;
  }
}
