package dev.drillbook.plan;

/** Placeholder replaced in the next commit. */
public record CronSchedule(String expression) {
  public java.time.Duration longestGap() {
    return java.time.Duration.ZERO;
  }
}
