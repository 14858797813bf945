package dev.drillbook.objective;

import dev.drillbook.plan.EscalationLevel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One level of the plan's escalation, held against a drill's outage: would it have been called?
 *
 * <p>The outage is the one that people would have had: what the drill measured, and the declared
 * time of the manual steps that come before the service can be back, laid end to end ({@link
 * Outage#withManualSteps()}). Levels are called from the moment at which the outage was noticed
 * (the clock "detected"), each after its own time, as long as the outage lasts. One that is called
 * after no time at all is called whenever something is noticed. An outage that nobody noticed calls
 * nobody; a recovery that failed has no outage that would end, and calls everybody.
 *
 * @param sinceFault when it would have been called, after the fault; empty where it would not
 */
public record Escalation(EscalationLevel level, Optional<Duration> sinceFault) {

  /**
   * Every level, in the plan's order.
   *
   * @param outage empty where the recovery failed
   */
  public static List<Escalation> of(
      List<EscalationLevel> levels, EightClocks clocks, Optional<Outage> outage) {
    Optional<Duration> noticed =
        clocks.fault().flatMap(fault -> clocks.detected().map(detected -> detected.since(fault)));
    return levels.stream()
        .map(
            level ->
                new Escalation(
                    level,
                    noticed
                        .map(level.after()::plus)
                        .filter(
                            called ->
                                level.after().isZero()
                                    || outage
                                        .map(o -> called.compareTo(o.withManualSteps()) < 0)
                                        .orElse(true))))
        .toList();
  }

  public boolean reached() {
    return sinceFault.isPresent();
  }
}
