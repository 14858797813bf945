package dev.drillbook.fault;

import dev.drillbook.site.Networked;
import dev.drillbook.timeline.DurationText;
import java.time.Duration;

/** The end of a connection reaches the other side late, so that pools fill with the dead. */
@About(
    kind = About.Kind.NETWORK,
    does = "the end of a connection arrives late",
    hits = "any component",
    undone = "the toxic is removed",
    bites = "the proxy has the toxic")
public record SlowClose(Networked target, Duration delay) implements Fault {

  public static Fault slowClose(Networked target, Duration delay) {
    return new SlowClose(target, delay);
  }

  @Override
  public String name() {
    return "closes of " + target.name() + " delayed by " + DurationText.of(delay);
  }

  @Override
  public ActiveFault inject(Scene scene) {
    return NetworkFault.toxic(
        scene,
        target,
        name(),
        (proxy, toxic) ->
            proxy.toxics().slowClose(toxic, NetworkFault.direction(true), delay.toMillis()));
  }
}
