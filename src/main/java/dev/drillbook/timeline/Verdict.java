package dev.drillbook.timeline;

import java.util.Collection;

/**
 * The outcome of a check, an objective or a whole drill. UNKNOWN is not a mild PASS: a check that
 * crashed, was skipped or had nothing to look at proves nothing, and fails the build as FAIL does.
 */
public enum Verdict {
  PASS,
  UNKNOWN,
  FAIL;

  /** The worse of the two; FAIL is worse than UNKNOWN, which is worse than PASS. */
  public Verdict and(Verdict other) {
    return compareTo(other) >= 0 ? this : other;
  }

  /** The worst of {@code verdicts}; UNKNOWN where there are none, because nothing was judged. */
  public static Verdict worst(Collection<Verdict> verdicts) {
    return verdicts.stream().reduce(Verdict::and).orElse(UNKNOWN);
  }
}
