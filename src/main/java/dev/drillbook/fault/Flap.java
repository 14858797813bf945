package dev.drillbook.fault;

import dev.drillbook.site.Networked;
import dev.drillbook.site.Undo;
import dev.drillbook.timeline.DurationText;
import eu.rekawek.toxiproxy.Proxy;
import java.io.IOException;
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
    AtomicInteger cuts = new AtomicInteger();
    Thread flapping = new Thread(() -> flap(cuts), "drillbook-flap-" + target.name());
    flapping.setDaemon(true);
    return InForce.begin(
        scene.journal(),
        new Undo.EndWithSite(name()),
        List.of(),
        () -> {
          NetworkFault.ask(target, name(), Proxy::disable);
          cuts.incrementAndGet();
          flapping.start();
        },
        () ->
            Bite.of(cuts.get() > 0, target.name() + " was cut off " + cuts.get() + " times so far"),
        () -> {
          flapping.interrupt();
          join(flapping);
          NetworkFault.ask(target, "heal " + name(), Proxy::enable);
        });
  }

  private void flap(AtomicInteger cuts) {
    try {
      while (true) {
        Thread.sleep(cut.toMillis());
        target.link().enable();
        Thread.sleep(whole.toMillis());
        target.link().disable();
        cuts.incrementAndGet();
      }
    } catch (InterruptedException healed) {
      Thread.currentThread().interrupt();
    } catch (IOException proxyGone) {
      // The site is being taken down.
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
