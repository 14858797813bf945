package dev.drillbook.restorecheck;

import dev.drillbook.verification.Check;
import dev.drillbook.verification.Evidence;

/**
 * A check of what a database may well have none of. In a drill, whose author chose the check, none
 * is suspicious; here nobody chose it.
 */
record WhereThereAre(Check check) implements Check {

  @Override
  public String name() {
    return check.name();
  }

  @Override
  public Examined examine(Evidence evidence) throws Exception {
    Examined examined = check.examine(evidence);
    return examined.items() > 0
        ? examined
        : new Examined(examined.coverage() + ", none to look at", 1, examined.findings());
  }
}
