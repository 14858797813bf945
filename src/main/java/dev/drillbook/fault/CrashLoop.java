package dev.drillbook.fault;

import dev.drillbook.site.Condition;
import dev.drillbook.site.Killable;
import dev.drillbook.site.Undo;
import dev.drillbook.timeline.DrillException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A component dies shortly after every start, as with a bad release or a broken configuration,
 * until the fault is healed.
 *
 * @param lives how long it is left alone after it has come up
 */
@About(
    kind = About.Kind.PROCESS,
    does = "kills it now, and again after every start",
    hits = "any component",
    needs = "it runs",
    undone = "the killing ends; it stays down until somebody starts it",
    bites = "it was killed at least once")
public record CrashLoop(Killable target, Duration lives) implements Fault {
  private static final long LOOK_EVERY_MILLIS = 10;

  public static Fault crashLoop(Killable target, Duration lives) {
    return new CrashLoop(target, lives);
  }

  @Override
  public String name() {
    return "crash loop of " + target.name();
  }

  @Override
  public ActiveFault inject(Scene scene) {
    AtomicInteger kills = new AtomicInteger();
    Thread killer = new Thread(() -> killAgainAndAgain(kills), "drillbook-" + name());
    killer.setDaemon(true);
    return InForce.begin(
        scene.journal(),
        new Undo.EndWithSite(name()),
        List.of(),
        () -> {
          target.kill();
          kills.incrementAndGet();
          killer.start();
        },
        () ->
            Bite.of(
                kills.get() > 0, target.name() + " was killed " + kills.get() + " times so far"),
        () -> end(killer));
  }

  private void killAgainAndAgain(AtomicInteger kills) {
    try {
      while (true) {
        Thread.sleep(LOOK_EVERY_MILLIS);
        if (target.condition() != Condition.DOWN) {
          Thread.sleep(lives.toMillis());
          try {
            target.kill();
            kills.incrementAndGet();
          } catch (DrillException goneBefore) {
            // Somebody else stopped it.
          }
        }
      }
    } catch (InterruptedException healed) {
      Thread.currentThread().interrupt();
    }
  }

  private static void end(Thread killer) {
    killer.interrupt();
    try {
      killer.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
