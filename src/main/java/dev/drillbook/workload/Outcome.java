package dev.drillbook.workload;

/** What a client knows of one of its writes. */
public enum Outcome {
  /** The system said yes: the write must survive, or count as lost. */
  ACKNOWLEDGED,
  /** The system said no, or was never reached: the write must not be there. */
  FAILED,
  /** Timed out or lost its connection: the write may be there or not, and either is right. */
  INDETERMINATE
}
