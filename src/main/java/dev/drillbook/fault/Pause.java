package dev.drillbook.fault;

import dev.drillbook.site.Condition;
import dev.drillbook.site.Pausable;
import java.util.List;

/**
 * SIGSTOP to every process of a component: connections stay open and nothing answers, as with a
 * stalled disk or host.
 */
@About(
    kind = About.Kind.PROCESS,
    does = "SIGSTOP to all its processes: connections stay open, nothing answers",
    hits = "any component",
    needs = "it runs",
    undone = "SIGCONT",
    bites = "its main process is stopped")
public record Pause(Pausable target) implements Fault {

  public static Fault pause(Pausable target) {
    return new Pause(target);
  }

  @Override
  public String name() {
    return "pause " + target.name();
  }

  @Override
  public ActiveFault inject(Scene scene) {
    return InForce.begin(
        scene,
        name(),
        List.of(),
        target::pause,
        () -> Looks.at(target, Condition.PAUSED),
        target::resume);
  }
}
