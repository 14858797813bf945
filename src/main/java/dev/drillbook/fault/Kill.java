package dev.drillbook.fault;

import dev.drillbook.site.Condition;
import dev.drillbook.site.Killable;
import java.util.List;

/**
 * SIGKILL to every process of a component, as the kernel's out-of-memory killer or a lost machine
 * would.
 */
@About(
    kind = About.Kind.PROCESS,
    does = "SIGKILL to all its processes",
    hits = "any component",
    needs = "it runs",
    bites = "its processes are gone")
public record Kill(Killable target) implements Fault {

  public static Fault kill(Killable target) {
    return new Kill(target);
  }

  @Override
  public String name() {
    return "kill " + target.name();
  }

  @Override
  public ActiveFault inject(Scene scene) {
    target.kill();
    return ActiveFault.over(List.of(), () -> Looks.at(target, Condition.DOWN));
  }
}
