package dev.drillbook.history;

import dev.drillbook.objective.Projection;
import dev.drillbook.plan.DataSize;
import dev.drillbook.run.BackupFacts;
import dev.drillbook.run.DrillRecord;
import dev.drillbook.run.Machine;
import dev.drillbook.timeline.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What earlier drills and the present one measured, as far as they can be compared. */
public final class PastDrills {
  private PastDrills() {}

  /**
   * {@code record} itself and the drills of {@code history} that did the same: the same scenario of
   * the same system, on the same kind of site, on a machine of the same architecture with as many
   * processors. Only drills that passed, and that know the size of their data; lines of older
   * builds do not.
   */
  public static List<Projection.Observation> comparable(
      DrillRecord record, List<HistoryEntry> history) {
    List<Projection.Observation> observations = new ArrayList<>();
    history.stream()
        .filter(entry -> !entry.id().equals(record.id()) && isComparable(entry, record))
        .flatMap(entry -> observation(entry).stream())
        .forEach(observations::add);
    observation(record).ifPresent(observations::add);
    return observations;
  }

  private static boolean isComparable(HistoryEntry entry, DrillRecord record) {
    return entry.verdict() == Verdict.PASS
        && record.plan().system().equals(entry.system())
        && record.scenario().id().equals(entry.scenario())
        && record.site().equals(entry.site())
        && isLike(entry.machine(), record.machine());
  }

  private static boolean isLike(HistoryEntry.MachineLine line, Machine machine) {
    return line != null
        && machine.architecture().equals(line.architecture())
        && machine.processors() == line.processors();
  }

  private static Optional<Projection.Observation> observation(HistoryEntry entry) {
    return Stream.of(entry)
        .map(HistoryEntry::measured)
        .filter(measured -> measured != null && measured.databaseBytes() != null)
        .map(
            measured ->
                new Projection.Observation(
                    new DataSize(measured.databaseBytes()),
                    Optional.ofNullable(measured.outageSinceFaultMillis()).map(Duration::ofMillis)))
        .findFirst();
  }

  private static Optional<Projection.Observation> observation(DrillRecord record) {
    return record
        .backup()
        .filter(backup -> record.verdict() == Verdict.PASS)
        .map(BackupFacts::databaseBytes)
        .map(
            bytes ->
                new Projection.Observation(
                    new DataSize(bytes), record.outage().map(outage -> outage.sinceFault())));
  }
}
