package qrgenerator;

import dev.drillbook.site.Condition;
import dev.drillbook.site.Postgres;
import dev.drillbook.timeline.DrillException;
import dev.drillbook.timeline.Finding;
import dev.drillbook.verification.Check;
import dev.drillbook.verification.Evidence;
import java.util.List;

/**
 * A primary that was replaced does not come back, not even if something starts it, as a supervisor
 * or a reboot would: two that both take writes could never be merged again.
 */
record StaysDown(Postgres replaced) implements Check {

  static Check staysDown(Postgres replaced) {
    return new StaysDown(replaced);
  }

  @Override
  public String name() {
    return replaced.name() + " stays down";
  }

  @Override
  public Examined examine(Evidence evidence) {
    String coverage = "its state, and one start";
    if (replaced.condition() != Condition.DOWN) {
      return new Examined(coverage, 1, List.of(back("it runs")));
    }
    try {
      replaced.start();
    } catch (DrillException refused) {
      return new Examined(coverage, 1, List.of());
    }
    replaced.kill();
    return new Examined(coverage, 1, List.of(back("a start brought it back as a second primary")));
  }

  private Finding back(String found) {
    return Finding.fail(
        name(),
        "the old primary cannot come back beside the new one",
        found,
        "fence it before the standby is promoted: fence-primary.sh");
  }
}
