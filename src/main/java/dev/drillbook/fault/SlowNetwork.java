package dev.drillbook.fault;

import dev.drillbook.site.Networked;
import dev.drillbook.timeline.DurationText;
import java.time.Duration;

/** What a component answers comes late. */
@About(
    kind = About.Kind.NETWORK,
    does = "every answer comes late, give or take a jitter",
    hits = "any component",
    undone = "the toxic is removed",
    bites = "the proxy has the toxic")
public record SlowNetwork(Networked target, Duration delay, Duration jitter) implements Fault {

  /** Every answer comes {@code delay} later, give or take {@code jitter}. */
  public static Fault latency(Networked target, Duration delay, Duration jitter) {
    return new SlowNetwork(target, delay, jitter);
  }

  @Override
  public String name() {
    return "latency of "
        + DurationText.of(delay)
        + " ± "
        + DurationText.of(jitter)
        + " from "
        + target.name();
  }

  @Override
  public ActiveFault inject(Scene scene) {
    return NetworkFault.toxic(
        scene,
        target,
        name(),
        (proxy, toxic) ->
            proxy
                .toxics()
                .latency(toxic, NetworkFault.direction(true), delay.toMillis())
                .setJitter(jitter.toMillis()));
  }
}
