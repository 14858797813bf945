package dev.drillbook.site;

/** How a component's processes are, as seen from outside. */
public enum Condition {
  /** They are there, and have answered since they were started. */
  RUNNING,
  /** They are there, and have not answered yet. */
  STARTING,
  /** They are there, and stopped: connections stay open and nothing answers. */
  PAUSED,
  DOWN
}
