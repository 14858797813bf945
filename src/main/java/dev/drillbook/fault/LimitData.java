package dev.drillbook.fault;

import dev.drillbook.site.Networked;

/** A connection ends in the middle: after so many bytes of what a component answers. */
@About(
    kind = About.Kind.NETWORK,
    does = "a connection ends after so many bytes of answers",
    hits = "any component",
    undone = "the toxic is removed",
    bites = "the proxy has the toxic")
public record LimitData(Networked target, long bytes) implements Fault {

  public static Fault limitData(Networked target, long bytes) {
    return new LimitData(target, bytes);
  }

  @Override
  public String name() {
    return "connections to " + target.name() + " end after " + bytes + " bytes";
  }

  @Override
  public ActiveFault inject(Scene scene) {
    return NetworkFault.toxic(
        scene,
        target,
        name(),
        (proxy, toxic) -> proxy.toxics().limitData(toxic, NetworkFault.direction(true), bytes));
  }
}
