package dev.drillbook.junit.misfits;

import dev.drillbook.junit.Drill;

/**
 * One names a scenario that the plan does not have, one a scenario of which the plan says that it
 * has no drill.
 */
public final class Misfits {

  private Misfits() {}

  @Drill(plan = "dhakacart", scenario = "complete-databse-loss")
  public static final class Misspelt {}

  @Drill(plan = "dhakacart", scenario = "pod-failures")
  public static final class SaidNotToExist {}
}
