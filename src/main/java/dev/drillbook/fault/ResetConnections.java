package dev.drillbook.fault;

import dev.drillbook.site.Networked;
import dev.drillbook.timeline.DurationText;
import java.time.Duration;

/** Connections to a component are accepted, and reset (TCP RST) a moment later. */
@About(
    kind = About.Kind.NETWORK,
    does = "connections are taken and reset (RST) a moment later",
    hits = "any component",
    undone = "the toxic is removed",
    bites = "the proxy has the toxic")
public record ResetConnections(Networked target, Duration after) implements Fault {

  public static Fault resetConnections(Networked target, Duration after) {
    return new ResetConnections(target, after);
  }

  @Override
  public String name() {
    return "connections to " + target.name() + " reset after " + DurationText.of(after);
  }

  @Override
  public ActiveFault inject(Scene scene) {
    return NetworkFault.toxic(
        scene,
        target,
        name(),
        (proxy, toxic) ->
            proxy.toxics().resetPeer(toxic, NetworkFault.direction(true), after.toMillis()));
  }
}
