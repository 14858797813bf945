package dev.drillbook.workload;

import dev.drillbook.timeline.Tick;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Every probe of a drill, in the order of its schedule. A probe that has no answer yet leaves a
 * gap, and nothing is said about what lies behind a gap.
 */
public final class ProbeLog {
  private final List<ProbeResult> bySequence = new ArrayList<>();

  /**
   * A run of successes.
   *
   * @param firstOk when the first answer came: a frozen service that thaws answers all who wait at
   *     once, and not in the order of their schedule
   * @param confirmed when as many had succeeded as it takes to be stable
   */
  public record Stable(Tick firstOk, Tick confirmed) {}

  synchronized void add(ProbeResult result) {
    int index = Math.toIntExact(result.sequence());
    while (bySequence.size() <= index) {
      bySequence.add(null);
    }
    bySequence.set(index, result);
  }

  /** All answered probes so far, by sequence. */
  public synchronized List<ProbeResult> results() {
    return bySequence.stream().filter(result -> result != null).toList();
  }

  /**
   * The run of at least {@code length} successes that follows the last failure among the probes due
   * at or after {@code from}. Empty where none of those failed, since nothing has come back then,
   * and where the run is still too short. A service that comes back and goes away again has not
   * been stable.
   */
  public synchronized Optional<Stable> stableSinceLastFailure(Tick from, int length) {
    int lastFailure = -1;
    for (int i = indexOfFirstDue(from); i < bySequence.size(); i++) {
      ProbeResult result = bySequence.get(i);
      lastFailure = result != null && !result.ok() ? i : lastFailure;
    }
    if (lastFailure < 0) {
      return Optional.empty();
    }
    Tick firstOk = null;
    Tick confirmed = null;
    for (int i = lastFailure + 1; i <= lastFailure + length; i++) {
      if (i >= bySequence.size() || bySequence.get(i) == null) {
        return Optional.empty();
      }
      Tick answered = bySequence.get(i).answered();
      firstOk = firstOk == null || answered.isBefore(firstOk) ? answered : firstOk;
      confirmed = confirmed == null || answered.isAfter(confirmed) ? answered : confirmed;
    }
    return Optional.of(new Stable(firstOk, confirmed));
  }

  /**
   * The first success among the probes due at or after {@code from}, after at least one of them has
   * failed.
   */
  public synchronized Optional<Tick> firstOkAfterFailure(Tick from) {
    List<ProbeResult> due =
        bySequence.stream().filter(r -> r != null && !r.due().isBefore(from)).toList();
    Optional<Tick> failed =
        due.stream()
            .filter(result -> !result.ok())
            .map(ProbeResult::answered)
            .min(Comparator.naturalOrder());
    return failed.flatMap(
        at ->
            due.stream()
                .filter(result -> result.ok() && !result.answered().isBefore(at))
                .map(ProbeResult::answered)
                .min(Comparator.naturalOrder()));
  }

  /**
   * When the {@code length}-th failure in a row was known, among the probes due at or after {@code
   * from} in the order of their answers.
   */
  public synchronized Optional<Tick> failingSince(Tick from, int length) {
    List<ProbeResult> answered =
        bySequence.stream()
            .filter(result -> result != null && !result.due().isBefore(from))
            .sorted(Comparator.comparing(ProbeResult::answered))
            .toList();
    int run = 0;
    for (ProbeResult result : answered) {
      run = result.ok() ? 0 : run + 1;
      if (run == length) {
        return Optional.of(result.answered());
      }
    }
    return Optional.empty();
  }

  /** When a probe first failed, at or after {@code from}. */
  public synchronized Optional<Tick> firstFailure(Tick from) {
    return bySequence.stream()
        .filter(result -> result != null && !result.ok() && !result.answered().isBefore(from))
        .map(ProbeResult::answered)
        .min(Comparator.naturalOrder());
  }

  private int indexOfFirstDue(Tick from) {
    for (int i = bySequence.size() - 1; i >= 0; i--) {
      ProbeResult result = bySequence.get(i);
      if (result != null && result.due().isBefore(from)) {
        return i + 1;
      }
    }
    return 0;
  }
}
