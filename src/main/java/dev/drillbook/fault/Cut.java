package dev.drillbook.fault;

import dev.drillbook.site.Networked;
import java.util.List;

/** Clients cannot reach a component: connections end, and new ones are refused. */
@About(
    kind = About.Kind.NETWORK,
    does = "ends all connections of clients and refuses new ones",
    hits = "any component",
    undone = "connections are taken again",
    bites = "a connection is refused")
public record Cut(Networked target) implements Fault {

  public static Fault cut(Networked target) {
    return new Cut(target);
  }

  @Override
  public String name() {
    return "cut the network of " + target.name();
  }

  @Override
  public ActiveFault inject(Scene scene) {
    return InForce.begin(scene, name(), List.of(), target::cut, () -> NetworkFault.refuses(target));
  }
}
