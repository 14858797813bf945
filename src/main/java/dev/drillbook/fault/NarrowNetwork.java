package dev.drillbook.fault;

import dev.drillbook.site.Networked;

/** What a component answers comes through a narrow pipe. */
@About(
    kind = About.Kind.NETWORK,
    does = "answers come at so many kilobytes a second",
    hits = "any component",
    undone = "the toxic is removed",
    bites = "the proxy has the toxic")
public record NarrowNetwork(Networked target, long kilobytesPerSecond) implements Fault {

  public static Fault bandwidth(Networked target, long kilobytesPerSecond) {
    return new NarrowNetwork(target, kilobytesPerSecond);
  }

  @Override
  public String name() {
    return "bandwidth of " + kilobytesPerSecond + " kB/s from " + target.name();
  }

  @Override
  public ActiveFault inject(Scene scene) {
    return NetworkFault.toxic(
        scene,
        target,
        name(),
        (proxy, toxic) ->
            proxy.toxics().bandwidth(toxic, NetworkFault.direction(true), kilobytesPerSecond));
  }
}
