package dev.drillbook.fault;

import dev.drillbook.site.Condition;
import dev.drillbook.site.Startable;
import java.util.List;

/** A component is stopped in good order: somebody stopped the wrong service. */
@About(
    kind = About.Kind.PROCESS,
    does = "stops it in good order",
    hits = "any component",
    needs = "it runs",
    bites = "its processes are gone")
public record Stop(Startable target) implements Fault {

  public static Fault stop(Startable target) {
    return new Stop(target);
  }

  @Override
  public String name() {
    return "stop " + target.name();
  }

  @Override
  public ActiveFault inject(Scene scene) {
    Faults.requireRunning(target, "stopped");
    target.stop();
    return ActiveFault.over(List.of(), () -> Looks.at(target, Condition.DOWN));
  }
}
