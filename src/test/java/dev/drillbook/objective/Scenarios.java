package dev.drillbook.objective;

import dev.drillbook.plan.Scenario;
import dev.drillbook.plan.Severity;
import dev.drillbook.plan.Step;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A scenario with two restoring steps and manual steps before and after the last automated one. */
final class Scenarios {
  static final Duration RTO = Duration.ofMinutes(45);
  static final Duration RPO = Duration.ofHours(24);

  private Scenarios() {}

  static Scenario loss() {
    return loss(Optional.of(RPO), Optional.of("dump"));
  }

  static Scenario loss(Optional<Duration> rpo, Optional<String> backup) {
    return of(
        rpo,
        backup,
        manual("look-around", Duration.ofMinutes(2)),
        automated("stop", false),
        automated("restore-data", true),
        automated("restore-files", true),
        automated("start", false),
        manual("watch", Duration.ofMinutes(5)));
  }

  /** Nothing that is lost, and nothing to bring back. */
  static Scenario withoutRestore() {
    return of(
        Optional.empty(),
        Optional.empty(),
        manual("look-around", Duration.ofMinutes(2)),
        automated("stop", false),
        automated("start", false));
  }

  private static Scenario of(Optional<Duration> rpo, Optional<String> backup, Step... steps) {
    return new Scenario(
        "loss",
        "Loss",
        Severity.P0,
        Optional.empty(),
        RTO,
        rpo,
        backup,
        Optional.empty(),
        List.of(steps),
        Optional.empty());
  }

  /** Damage to data, without an RPO. */
  static Scenario damage(Optional<Duration> detectedWithin) {
    return new Scenario(
        "damage",
        "Damage",
        Severity.P0,
        Optional.empty(),
        RTO,
        Optional.empty(),
        Optional.of("dump"),
        detectedWithin,
        List.of(),
        Optional.empty());
  }

  private static Step manual(String id, Duration declared) {
    return new Step(id, id, Step.Kind.MANUAL, declared, Optional.of(declared), false);
  }

  private static Step automated(String id, boolean restore) {
    return new Step(id, id, Step.Kind.AUTOMATED, Duration.ofMinutes(1), Optional.empty(), restore);
  }
}
