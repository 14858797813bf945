package dev.drillbook.plan;

import dev.drillbook.timeline.DurationText;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Reads one promise of recovery points. What it returns may only be called once the whole plan is
 * known to be without problems.
 */
final class PromiseReader {
  private final References references;
  private final Collection<MapReader> backups;

  PromiseReader(References references, Collection<MapReader> backups) {
    this.references = references;
    this.backups = backups;
  }

  Supplier<RecoveryPromise> read(MapReader map) {
    Optional<String> component = map.required("component", references.store());
    Optional<Duration> reachingBack = map.required("reachingBack", ValueType.DURATION);
    Optional<Duration> every = map.required("every", ValueType.DURATION);
    map.refuseOtherKeys();
    component
        .filter(name -> backups.stream().noneMatch(backup -> backup.has("component", name)))
        .ifPresent(
            name ->
                map.problem(
                    "component",
                    " is of " + name + ", which no backup covers",
                    "add a backup of " + name + ", or remove the promise"));
    if (reachingBack.isPresent()
        && every.isPresent()
        && every.get().compareTo(reachingBack.get()) > 0) {
      map.problem(
          "every",
          " is a point every "
              + DurationText.of(every.get())
              + ", yet reaches back "
              + DurationText.of(reachingBack.get())
              + " only",
          "write how far apart points may be, which is less than how far they reach back");
    }
    return () ->
        new RecoveryPromise(
            component.orElseThrow(), reachingBack.orElseThrow(), every.orElseThrow());
  }
}
