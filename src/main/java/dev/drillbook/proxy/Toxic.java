package dev.drillbook.proxy;

import java.util.List;
import java.util.SplittableRandom;

/**
 * A fault as it was ordered: it acts on every connection of its proxy, or on a share of them.
 *
 * @param toxicity the share of the connections that it acts on, from 0 to 1
 * @param attributes in the order of {@link ToxicType#attributes()}
 */
record Toxic(String name, ToxicType type, StreamSide side, float toxicity, List<Long> attributes) {

  /** What it does to one connection, which is nothing to those that the toxicity spares. */
  Effect effect(SplittableRandom random, long nowNanos) {
    return random.nextDouble() < toxicity
        ? type.effect(attributes, random, nowNanos)
        : new PassThrough();
  }

  Toxic changed(float newToxicity, List<Long> newAttributes) {
    return new Toxic(name, type, side, newToxicity, newAttributes);
  }
}
