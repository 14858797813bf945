package dev.drillbook.fault;

import dev.drillbook.site.Condition;
import dev.drillbook.site.Store;
import java.util.List;

/**
 * The disk that a store's data is on is full. For that the data moves to a small disk of its own,
 * with the store down for as long as that takes; the machine's own disk is never filled.
 */
@About(
    kind = About.Kind.DISK,
    does = "fills the disk that its data is on, which is a small one made for it",
    hits = "any store",
    needs = "it runs; root, and a machine that lets root mount file systems",
    undone = "the disk gets room again; the data stays",
    bites = "nothing can be written")
public record DiskFull(Store target) implements Fault {

  public static Fault diskFull(Store target) {
    return new DiskFull(target);
  }

  @Override
  public String name() {
    return "fill the disk of " + target.name();
  }

  @Override
  public ActiveFault inject(Scene scene) {
    Faults.requireRunning(target, "moved to a small disk");
    return InForce.begin(
        scene,
        name(),
        List.of(),
        this::act,
        () -> {
          boolean full = target.disk().isFull();
          return Bite.of(full, target.name() + (full ? " has no room left" : " has room"));
        },
        () -> target.disk().extend());
  }

  private void act() {
    target.stop();
    try {
      target.disk().shrink();
    } finally {
      if (target.condition() == Condition.DOWN) {
        target.start();
      }
    }
    target.disk().fill();
  }
}
