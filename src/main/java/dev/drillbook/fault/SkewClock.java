package dev.drillbook.fault;

import dev.drillbook.site.Skewable;
import dev.drillbook.site.Skewable.Skew;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The clock of a component is wrong, as on a machine whose time service has failed. Nobody else
 * sees it: the machine's clock is never set.
 *
 * @param ahead negative for a clock that is late
 */
@About(
    kind = About.Kind.PROCESS,
    does = "its processes see a clock that is ahead, or late; it is restarted for it",
    hits = "any component",
    needs = "it runs; libfaketime, Linux",
    undone = "it is restarted with the machine's clock",
    bites = "libfaketime stands between each of its processes and the C library")
public record SkewClock(Skewable target, Duration ahead) implements Fault {

  public SkewClock {
    if (ahead.isZero() || ahead.toNanosPart() != 0) {
      throw new IllegalArgumentException(ahead + " is no clock's error in whole seconds");
    }
  }

  public static Fault skewClock(Skewable target, Duration ahead) {
    return new SkewClock(target, ahead);
  }

  @Override
  public String name() {
    return "clock of "
        + target.name()
        + " "
        + ahead.abs().toSeconds()
        + " s "
        + (ahead.isNegative() ? "late" : "ahead");
  }

  @Override
  public ActiveFault inject(Scene scene) {
    AtomicReference<Skew> skew = new AtomicReference<>();
    return InForce.begin(
        scene,
        name(),
        List.of(),
        () -> {
          skew.set(target.skewClock(ahead));
          return skew.get();
        },
        () -> {
          boolean seen = skew.get().isSeen();
          return Bite.of(
              seen,
              (seen ? "all" : "not all") + " processes of " + target.name() + " have libfaketime");
        });
  }
}
