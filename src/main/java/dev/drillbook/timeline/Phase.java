package dev.drillbook.timeline;

/** The phases of a drill, in the order in which they run. */
public enum Phase {
  PROVISION("bring the system up"),
  STEADY_STATE("clients write, all is well"),
  BACKUP("the scheduled backup"),
  EXPOSURE("writes go on after the backup"),
  DISASTER("inject the disaster"),
  DETECTION("the outage is noticed"),
  RECOVERY("the runbook's steps"),
  STABILISATION("clients see the service back"),
  QUIESCE("clients stop"),
  VERIFICATION("is the data right"),
  CLEAN_UP("undo faults, remove the site");

  private final String label;

  Phase(String label) {
    this.label = label;
  }

  /** A few words for people. */
  public String label() {
    return label;
  }
}
