package dev.drillbook.verification;

import dev.drillbook.timeline.Tick;

/**
 * When the disaster took effect: no recovery point explains the loss of what was acknowledged
 * later.
 *
 * @param struck when the last fault's injection was done: what was invoked later, and acknowledged,
 *     was promised by a system that the disaster had already hit
 * @param noticed when the outage was noticed: so was whatever was acknowledged later than that,
 *     whenever it was invoked. In between, an answer can have been on its way to the client when
 *     the disaster struck
 */
public record Disaster(Tick struck, Tick noticed) {
  private static final Tick NEVER = new Tick(Long.MAX_VALUE);

  public static final Disaster NONE = new Disaster(NEVER, NEVER);
}
