package dev.drillbook.restorecheck;

import dev.drillbook.plan.RestoreCheck;
import dev.drillbook.timeline.DurationText;
import dev.drillbook.timeline.Finding;
import dev.drillbook.timeline.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * When a policy's backups were last checked, and when last with success: two stamps, since a check
 * that fails every night runs punctually, and one that nobody starts any more fails nobody.
 */
public record LastChecks(String policy, Optional<Instant> run, Optional<Instant> success) {

  /** The stamps of a policy, from the history of checks. */
  public static LastChecks of(String system, String policy, List<CheckLine> history) {
    List<CheckLine> mine = ofPolicy(system, policy, history).toList();
    return new LastChecks(policy, newest(mine), newest(passed(mine)));
  }

  private static Stream<CheckLine> ofPolicy(String system, String policy, List<CheckLine> history) {
    return history.stream()
        .filter(line -> line.system().equals(system) && line.policy().equals(policy));
  }

  private static List<CheckLine> passed(List<CheckLine> lines) {
    return lines.stream().filter(line -> line.verdict() == Verdict.PASS).toList();
  }

  private static Optional<Instant> newest(List<CheckLine> lines) {
    return lines.stream()
        .map(line -> Instant.parse(line.startedAt()))
        .max(Comparator.naturalOrder());
  }

  /** When the oldest backup that any check of a policy saw was taken. */
  public static Optional<Instant> oldestSeen(
      String system, String policy, List<CheckLine> history) {
    return ofPolicy(system, policy, history)
        .map(CheckLine::oldestTakenAt)
        .filter(Objects::nonNull)
        .map(Instant::parse)
        .min(Comparator.naturalOrder());
  }

  /** What is older than the plan allows at {@code now}. */
  public List<Finding> overdue(RestoreCheck check, Instant now) {
    List<Finding> findings = new ArrayList<>();
    judge("run", run, check.lastRun(), now, "does anything still start it? look at the scheduler")
        .ifPresent(findings::add);
    judge(
            "success",
            success,
            check.lastSuccess(),
            now,
            "read what the checks since then have found")
        .ifPresent(findings::add);
    return findings;
  }

  private Optional<Finding> judge(
      String what, Optional<Instant> last, Duration allowed, Instant now, String hint) {
    if (last.isPresent() && Duration.between(last.get(), now).compareTo(allowed) <= 0) {
      return Optional.empty();
    }
    return Optional.of(
        Finding.fail(
            "last " + what + " of " + policy,
            "at most " + DurationText.of(allowed) + " ago",
            last.map(at -> at + ", " + DurationText.of(Duration.between(at, now)) + " ago")
                .orElse("never"),
            hint));
  }
}
