package dev.drillbook.fault;

import dev.drillbook.timeline.DrillException;
import dev.drillbook.timeline.DurationText;
import java.time.Duration;

/** A fault that comes some time after the one before it. */
@About(
    kind = About.Kind.COMPOSED,
    does = "waits, then injects a fault",
    hits = "any fault",
    undone = "as the fault",
    bites = "as the fault")
public record After(Duration delay, Fault fault) implements Fault {

  public static Fault after(Duration delay, Fault fault) {
    return new After(delay, fault);
  }

  @Override
  public String name() {
    return fault.name() + " after " + DurationText.of(delay);
  }

  @Override
  public ActiveFault inject(Scene scene) {
    try {
      Thread.sleep(delay.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DrillException("interrupted before " + fault.name(), "run the drill again", e);
    }
    return fault.inject(scene);
  }
}
