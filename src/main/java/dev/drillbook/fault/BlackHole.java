package dev.drillbook.fault;

import dev.drillbook.site.Networked;

/**
 * Connections to a component are accepted, and nothing ever comes back, as behind a firewall that
 * drops packets.
 */
@About(
    kind = About.Kind.NETWORK,
    does = "connections are taken, and nothing ever comes back",
    hits = "any component",
    undone = "the toxic is removed",
    bites = "the proxy has the toxic")
public record BlackHole(Networked target) implements Fault {

  public static Fault blackHole(Networked target) {
    return new BlackHole(target);
  }

  @Override
  public String name() {
    return "black hole in front of " + target.name();
  }

  @Override
  public ActiveFault inject(Scene scene) {
    return NetworkFault.toxic(
        scene,
        target,
        name(),
        (proxy, toxic) -> proxy.toxics().timeout(toxic, NetworkFault.direction(true), 0));
  }
}
