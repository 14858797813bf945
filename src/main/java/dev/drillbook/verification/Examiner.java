package dev.drillbook.verification;

import dev.drillbook.timeline.Finding;
import dev.drillbook.timeline.Verdict;
import java.time.Duration;
import java.util.List;

/** Runs checks. One that crashes, or looks at nothing, is UNKNOWN; the others still run. */
public final class Examiner {

  private Examiner() {}

  public static List<CheckResult> examine(List<Check> checks, Evidence evidence) {
    return checks.stream().map(check -> examine(check, evidence)).toList();
  }

  private static CheckResult examine(Check check, Evidence evidence) {
    long started = System.nanoTime();
    try {
      Check.Examined examined = check.examine(evidence);
      List<Finding> findings = examined.findings();
      if (examined.items() == 0 && findings.isEmpty()) {
        findings =
            List.of(
                Finding.unknown(
                    check.name(),
                    "something to look at",
                    "nothing: " + examined.coverage(),
                    "a check without anything to check proves nothing: remove it, or give it data"));
      }
      Verdict verdict = findings.stream().map(Finding::verdict).reduce(Verdict.PASS, Verdict::and);
      return new CheckResult(check.name(), verdict, examined.coverage(), findings, since(started));
    } catch (Exception | AssertionError | LinkageError e) {
      Finding crashed =
          Finding.unknown(
              check.name(),
              "the check runs to its end",
              "it could not: " + (e.getMessage() == null ? e.toString() : e.getMessage()),
              "see the other findings and the component's log; nothing is known about what it checks");
      return new CheckResult(
          check.name(), Verdict.UNKNOWN, "nothing", List.of(crashed), since(started));
    }
  }

  private static Duration since(long startedNanos) {
    return Duration.ofNanos(System.nanoTime() - startedNanos);
  }
}
