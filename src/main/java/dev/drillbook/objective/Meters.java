package dev.drillbook.objective;

import dev.drillbook.plan.Scenario;
import dev.drillbook.plan.Step;
import dev.drillbook.timeline.Event;
import dev.drillbook.timeline.Tick;
import dev.drillbook.workload.Ledger;
import dev.drillbook.workload.LedgerView;
import dev.drillbook.workload.Outcome;
import dev.drillbook.workload.ProbeLog;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Reads the clocks, the outage and the loss off what a drill recorded. */
public final class Meters {

  private Meters() {}

  /** The eight clocks of a drill whose clients alone tell how its system is. */
  public static EightClocks clocks(
      List<Event> timeline, Scenario scenario, ProbeLog probes, LedgerView ledger) {
    return clocks(timeline, scenario, List.of(probes), ledger);
  }

  /**
   * The eight clocks of a drill.
   *
   * @param looks what the probe saw and, where the drill has one, the team's own monitoring: the
   *     system fails when the first of them says so, and is back when all do
   */
  public static EightClocks clocks(
      List<Event> timeline, Scenario scenario, List<ProbeLog> looks, LedgerView ledger) {
    Optional<Tick> fault = all(timeline, Event.FaultInjected.class).map(Event::at).findFirst();
    Set<String> restores =
        scenario.steps().stream().filter(Step::restore).map(Step::id).collect(Collectors.toSet());
    return new EightClocks(
        fault,
        fault.flatMap(at -> firstFailedRequest(at, looks, ledger)),
        all(timeline, Event.OutageDetected.class).map(Event::at).findFirst(),
        all(timeline, Event.RecoveryDecided.class).map(Event::at).findFirst(),
        all(timeline, Event.StepStarted.class)
            .filter(step -> restores.contains(step.step()))
            .map(Event::at)
            .findFirst(),
        all(timeline, Event.StepEnded.class)
            .filter(step -> restores.contains(step.step()))
            .map(Event::at)
            .reduce((earlier, later) -> later),
        fault.flatMap(at -> firstOk(at, looks)),
        all(timeline, Event.ServiceStable.class).map(Event::at).findFirst());
  }

  /**
   * The outage that clients saw; empty unless the fault bit, the recovery brought the service back,
   * and its restore, if the scenario has any, ended.
   */
  public static Optional<Outage> outage(EightClocks clocks, Scenario scenario, Duration precision) {
    Map<String, Optional<Tick>> needed = clocks.byName();
    if (scenario.steps().stream().noneMatch(Step::restore)) {
      needed.keySet().removeAll(List.of("restore start", "restore end"));
    }
    if (needed.values().stream().anyMatch(Optional::isEmpty)) {
      return Optional.empty();
    }
    Tick back = clocks.stableOk().orElseThrow();
    Tick failed = clocks.firstFailedRequest().orElseThrow();
    if (back.isBefore(failed)) {
      return Optional.empty();
    }
    return Optional.of(
        new Outage(
            back.since(clocks.fault().orElseThrow()),
            back.since(failed),
            clocks.restoreEnd().map(end -> end.since(clocks.restoreStart().orElseThrow())),
            scenario.declaredManualTime(),
            precision));
  }

  /**
   * RPO actual: the time whose writes are lost. From the acknowledgement of the oldest lost write
   * to the fault. Where a system that was hit went on saying yes, the time reaches on to the
   * acknowledgement of the newest lost one. Zero where none was lost. Never from the newest
   * surviving row: that hides holes.
   */
  public static Duration actualLoss(
      Tick fault, Optional<Ledger.Entry> oldestLost, Optional<Ledger.Entry> newestLost) {
    if (oldestLost.isEmpty()) {
      return Duration.ZERO;
    }
    Tick oldest = oldestLost.get().answered();
    Tick newest = newestLost.orElse(oldestLost.get()).answered();
    Tick start = oldest.isBefore(fault) ? oldest : fault;
    Tick end = newest.isBefore(fault) ? fault : newest;
    return end.since(start);
  }

  /** When the last of those that had failed saw a first success; empty until all of them have. */
  private static Optional<Tick> firstOk(Tick fault, List<ProbeLog> looks) {
    List<Optional<Tick>> successes =
        looks.stream()
            .filter(look -> look.firstFailure(fault).isPresent())
            .map(look -> look.firstOkAfterFailure(fault))
            .toList();
    return successes.stream().allMatch(Optional::isPresent)
        ? successes.stream().flatMap(Optional::stream).max(Comparator.naturalOrder())
        : Optional.empty();
  }

  private static Optional<Tick> firstFailedRequest(
      Tick fault, List<ProbeLog> looks, LedgerView ledger) {
    LongStream ofClients =
        IntStream.range(0, ledger.size())
            .filter(id -> ledger.outcome(id) != Outcome.ACKNOWLEDGED)
            .mapToLong(ledger::answeredNanos)
            .filter(answered -> answered >= fault.nanos());
    LongStream ofProbes =
        looks.stream().flatMap(look -> look.firstFailure(fault).stream()).mapToLong(Tick::nanos);
    OptionalLong first = LongStream.concat(ofClients, ofProbes).min();
    return first.isPresent() ? Optional.of(new Tick(first.getAsLong())) : Optional.empty();
  }

  private static <E extends Event> Stream<E> all(List<Event> timeline, Class<E> kind) {
    return timeline.stream().filter(kind::isInstance).map(kind::cast);
  }
}
