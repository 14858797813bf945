package qrgenerator;

import dev.drillbook.site.Disturbance;
import dev.drillbook.site.Networked;
import java.util.Optional;

/** Cuts a part of the system off from everybody, and lets them in again. */
final class Isolation {
  private final Networked isolated;
  private Optional<Disturbance> cut = Optional.empty();

  Isolation(Networked isolated) {
    this.isolated = isolated;
  }

  void begin() {
    cut = Optional.of(isolated.cut());
  }

  void end() {
    cut.ifPresent(Disturbance::end);
  }
}
