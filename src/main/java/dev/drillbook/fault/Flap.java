package dev.drillbook.fault;

import dev.drillbook.site.Disturbance;
import dev.drillbook.site.Networked;
import dev.drillbook.timeline.DurationText;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The network of a component is cut and comes back, again and again, until the fault is healed.
 * Begins cut.
 */
@About(
    kind = About.Kind.NETWORK,
    does = "cuts and mends, again and again",
    hits = "any component",
    undone = "connections are taken again",
    bites = "it was cut off at least once")
public record Flap(Networked target, Duration cut, Duration whole) implements Fault {

  public static Fault flap(Networked target, Duration cut, Duration whole) {
    return new Flap(target, cut, whole);
  }

  @Override
  public String name() {
    return "flapping network of "
        + target.name()
        + " ("
        + DurationText.of(cut)
        + " cut, "
        + DurationText.of(whole)
        + " whole)";
  }

  @Override
  public ActiveFault inject(Scene scene) {
    Flapping flapping = new Flapping();
    return InForce.begin(scene, name(), List.of(), flapping::begin, flapping::look, flapping::end);
  }

  private final class Flapping {
    private final AtomicInteger cuts = new AtomicInteger();
    private final Background thread = new Background("drillbook-flap-" + target.name(), this::go);
    private Disturbance current = () -> {};

    void begin() {
      cutOff();
      thread.start();
    }

    private void cutOff() {
      current = target.cut();
      cuts.incrementAndGet();
    }

    private void go() throws InterruptedException {
      while (true) {
        Thread.sleep(cut.toMillis());
        current.end();
        Thread.sleep(whole.toMillis());
        cutOff();
      }
    }

    Bite look() {
      return Bite.of(
          cuts.get() > 0 && thread.failure().isEmpty(),
          target.name()
              + " was cut off "
              + cuts.get()
              + " times so far"
              + thread.failure().map(problem -> "; then " + problem).orElse(""));
    }

    void end() {
      thread.end();
      current.end();
    }
  }
}
