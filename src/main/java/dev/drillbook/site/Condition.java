package dev.drillbook.site;

/** How a component's processes are, as seen from outside. */
public enum Condition {
  RUNNING,
  /** They are there, and stopped: connections stay open and nothing answers. */
  PAUSED,
  DOWN
}
