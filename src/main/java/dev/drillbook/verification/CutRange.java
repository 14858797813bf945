package dev.drillbook.verification;

import dev.drillbook.timeline.Tick;
import java.util.Optional;

/**
 * The moments whose state the restored contents can be: every write acknowledged before such a
 * moment is there, and none invoked after it.
 *
 * @param from the earliest; empty where nothing is there that would prove one
 * @param to the latest; empty where nothing is missing that would prove one
 */
public record CutRange(Optional<Tick> from, Optional<Tick> to) {

  static CutRange of(long fromNanos, long toNanos) {
    return new CutRange(
        Optional.of(fromNanos).filter(from -> from != Long.MIN_VALUE).map(Tick::new),
        Optional.of(toNanos).filter(to -> to != Long.MAX_VALUE).map(Tick::new));
  }
}
