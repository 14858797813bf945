package dev.drillbook.run;

import dev.drillbook.fault.ActiveFault;
import dev.drillbook.fault.Fault;
import dev.drillbook.timeline.DrillException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/** The faults of one drill that were injected; the latest is healed first. */
final class ActiveFaults {
  private final Deque<Injected> faults = new ArrayDeque<>();
  private Consumer<Fault> healed = fault -> {};

  private record Injected(Fault fault, ActiveFault active) {}

  /** Names who is told of every fault that is healed, whoever heals it. */
  synchronized void onHealed(Consumer<Fault> listener) {
    healed = listener;
  }

  synchronized void add(Fault fault, ActiveFault active) {
    faults.push(new Injected(fault, active));
  }

  /**
   * Heals one before its time, as a step of the recovery that takes the disaster's cause away.
   *
   * @throws DrillException if it was not injected, or there is nothing to heal, or its target is
   *     down and would have to run
   */
  synchronized void heal(Fault fault) {
    Injected injected =
        faults.stream()
            .filter(each -> each.fault().equals(fault) && each.active().isInForce())
            .findFirst()
            .orElseThrow(
                () ->
                    new DrillException(
                        "there is nothing to heal of '" + fault.name() + "'",
                        "heal a fault of this drill's disaster, and one that lasts"));
    injected.active().close();
    if (injected.active().isInForce()) {
      throw new DrillException(
          "'" + fault.name() + "' cannot be healed: its target is down",
          "start the target in an earlier step");
    }
    healed.accept(fault);
  }

  /** Heals all that is in force, even where one cannot be. */
  synchronized void healAll(Consumer<RuntimeException> failed) {
    for (Injected each : faults) {
      try {
        if (each.active().isInForce()) {
          each.active().close();
          if (!each.active().isInForce()) {
            healed.accept(each.fault());
          }
        }
      } catch (RuntimeException e) {
        failed.accept(e);
      }
    }
  }
}
