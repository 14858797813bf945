package dev.drillbook.run;

/** Stand-in until the real one is merged. */
public final class FailureMessage {
  private FailureMessage() {}

  public static String of(DrillRecord record) {
    return record.name() + " " + record.verdict() + " " + record.findings();
  }
}
