package dev.drillbook.report;

import dev.drillbook.history.HistoryFile;
import dev.drillbook.history.PastDrills;
import dev.drillbook.objective.Projection;
import dev.drillbook.run.DrillRecord;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a run and the history before it say about the RTO at production's size: a line per drill
 * whose plan has one. It is shown and not judged.
 */
public final class Projections {
  private Projections() {}

  /** The text, which ends with a newline; empty where no plan says how large production is. */
  public static String of(List<DrillRecord> records, HistoryFile.Lines history) {
    Map<String, String> lines = new LinkedHashMap<>();
    for (DrillRecord record : records) {
      projection(record, history)
          .ifPresent(projection -> lines.put(record.name(), projection.text()));
    }
    if (lines.isEmpty()) {
      return "";
    }
    StringBuilder text = new StringBuilder("Projected to production's size\n");
    lines.forEach((name, line) -> text.append("  ").append(name + ": " + line).append('\n'));
    if (history.unreadable() > 0) {
      text.append("  (lines of the history that could not be read: ")
          .append(history.unreadable())
          .append(")\n");
    }
    return text.append('\n').toString();
  }

  private static Optional<Projection> projection(DrillRecord record, HistoryFile.Lines history) {
    return record
        .plan()
        .productionSize()
        .map(
            size ->
                Projection.of(
                    PastDrills.comparable(record, history.entries()),
                    size,
                    record.scenario().declaredManualTime(),
                    record.scenario().rto()));
  }
}
