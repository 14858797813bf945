package dev.drillbook.junit.misfits;

import dev.drillbook.junit.Drill;

/**
 * One names a scenario that the plan does not have, one a scenario of which the plan says that it
 * has no drill.
 */
public final class Misfits {

  public static final String PLAN = "src/test/resources/misfits/plan.yaml";

  private Misfits() {}

  @Drill(plan = PLAN, scenario = "databse-loss")
  public static final class Misspelt {}

  @Drill(plan = PLAN, scenario = "pod-failures")
  public static final class SaidNotToExist {}
}
