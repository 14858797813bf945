package dev.drillbook.fault;

import dev.drillbook.site.Pausable;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * SIGSTOP to every process of a component: connections stay open and nothing answers, as with a
 * stalled disk or host.
 */
public record Pause(Pausable target) implements Fault {

  public static Fault pause(Pausable target) {
    return new Pause(target);
  }

  @Override
  public String name() {
    return "pause " + target.name();
  }

  @Override
  public ActiveFault inject() {
    target.pause();
    AtomicBoolean active = new AtomicBoolean(true);
    return () -> {
      if (active.getAndSet(false)) {
        target.resume();
      }
    };
  }
}
