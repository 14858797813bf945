package dev.drillbook.fault;

import dev.drillbook.site.Condition;
import dev.drillbook.site.Killable;
import dev.drillbook.timeline.DrillException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A component dies shortly after every start, as with a bad release or a broken configuration,
 * until the fault is healed.
 *
 * @param lives how long it is left alone once it has answered
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
    Killing killing = new Killing();
    return InForce.begin(
        scene, name(), List.of(), killing::begin, killing::look, killing.thread::end);
  }

  private final class Killing {
    private final AtomicInteger kills = new AtomicInteger();
    private final Background thread = new Background("drillbook-" + name(), this::go);

    void begin() {
      target.kill();
      kills.incrementAndGet();
      thread.start();
    }

    private void go() throws InterruptedException {
      while (true) {
        if (lived()) {
          kill();
        }
      }
    }

    /** Whether one process was there for long enough; it is looked at, lest it be another one. */
    private boolean lived() throws InterruptedException {
      Thread.sleep(LOOK_EVERY_MILLIS);
      long up = System.nanoTime();
      while (target.condition() == Condition.RUNNING) {
        if (System.nanoTime() - up >= lives.toNanos()) {
          return true;
        }
        Thread.sleep(LOOK_EVERY_MILLIS);
      }
      return false;
    }

    private void kill() {
      try {
        target.kill();
        kills.incrementAndGet();
      } catch (DrillException e) {
        if (target.condition() != Condition.DOWN) {
          throw e;
        }
        // Somebody else stopped it just before.
      }
    }

    Bite look() {
      return Bite.of(
          kills.get() > 0 && thread.failure().isEmpty(),
          target.name()
              + " was killed "
              + kills.get()
              + " times so far"
              + thread.failure().map(problem -> "; then " + problem).orElse(""));
    }
  }
}
