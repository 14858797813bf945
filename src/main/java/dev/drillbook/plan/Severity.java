package dev.drillbook.plan;

/** How bad a scenario is; P0 is the worst. */
public enum Severity {
  P0,
  P1,
  P2,
  P3
}
