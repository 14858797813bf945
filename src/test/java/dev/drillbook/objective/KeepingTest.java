package dev.drillbook.objective;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillbook.plan.BackupPolicy;
import dev.drillbook.plan.DrillPlan;
import dev.drillbook.plan.RecoveryPromise;
import dev.drillbook.plan.Scenario;
import dev.drillbook.timeline.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KeepingTest {
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final BackupPolicy DUMP = Policies.full("dump", "0 0 * * *");

  @Test
  void aPlanThatPromisesNothingIsNotJudged() {
    assertThat(judge(plan(List.of(DUMP)), Optional.empty())).isEmpty();
  }

  @Test
  void aPromiseThatHoldsPasses() {
    ObjectiveResult result = only(judge(plan(List.of(DUMP), promise(13)), Optional.empty()));
    assertThat(result.objective()).isEqualTo("recovery points of db every 24 h");
    assertThat(result.target()).isEqualTo(Duration.ofDays(13));
    assertThat(result.measured()).contains(Duration.ofDays(13));
    assertThat(result.verdict()).isEqualTo(Verdict.PASS);
    assertThat(result.finding()).isEmpty();
  }

  @Test
  void aPromiseThatDoesNotHoldFailsAndNamesTheAges() {
    ObjectiveResult result = only(judge(plan(List.of(DUMP), promise(30)), Optional.empty()));
    assertThat(result.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(result.measured()).contains(Duration.ofDays(13));
    assertThat(result.finding().orElseThrow().subject())
        .isEqualTo("recovery points of db every 24 h");
    assertThat(result.finding().orElseThrow().expected())
        .isEqualTo("at any moment, back to an age of 30 d");
    assertThat(result.finding().orElseThrow().found())
        .isEqualTo("between 13 d and 30 d nothing is kept");
  }

  @Test
  void aPromiseThatDoesNotEvenHoldForThePresentReachesNowhere() {
    BackupPolicy weekly = Policies.full("dump", "0 0 * * 0");
    ObjectiveResult result = only(judge(plan(List.of(weekly), promise(3)), Optional.empty()));
    assertThat(result.measured()).contains(Duration.ZERO);
    assertThat(result.verdict()).isEqualTo(Verdict.FAIL);
  }

  @Test
  void whatNoScheduleSaysIsUnknown() {
    DrillPlan plan = plan(List.of(Policies.unscheduled("dump")), promise(3));
    assertThat(judge(plan, Optional.of(DAY)))
        .hasSize(2)
        .allSatisfy(
            result -> {
              assertThat(result.verdict()).isEqualTo(Verdict.UNKNOWN);
              assertThat(result.measured()).isEmpty();
              assertThat(result.finding().orElseThrow().verdict()).isEqualTo(Verdict.UNKNOWN);
              assertThat(result.finding().orElseThrow().found())
                  .isEqualTo("no backup of it has a schedule");
            });
  }

  @Test
  void damageIsNoticedInTimeUpToTheLastInstant() {
    Duration longest = Duration.ofDays(13).minus(MINUTE);
    ObjectiveResult result = only(judge(plan(List.of(DUMP)), Optional.of(longest)));
    assertThat(result.objective()).isEqualTo("unnoticed damage");
    assertThat(result.verdict()).isEqualTo(Verdict.PASS);
    assertThat(result.target()).isEqualTo(longest);
    assertThat(result.measured()).contains(longest);
    assertThat(result.clock()).endsWith(", 0 s to spare");
    assertThat(only(judge(plan(List.of(DUMP)), Optional.of(DAY))).clock())
        .endsWith(", 11 d 23 h to spare");
  }

  @Test
  void damageThatIsNoticedLaterFailsWithTheNumbers() {
    Duration longest = Duration.ofDays(13).minus(MINUTE);
    ObjectiveResult result = only(judge(plan(List.of(DUMP)), Optional.of(longest.plusSeconds(1))));
    assertThat(result.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(result.measured()).contains(longest);
    assertThat(result.finding().orElseThrow().expected())
        .startsWith("a recovery point from before it is still kept after 12 d");
    assertThat(result.finding().orElseThrow().found())
        .startsWith("the last one may be gone after 12 d")
        .endsWith(", which is 1 s too early");
  }

  private static List<ObjectiveResult> judge(DrillPlan plan, Optional<Duration> detectedWithin) {
    Scenario scenario = Scenarios.damage(detectedWithin);
    return Keeping.judge(plan, scenario, policy -> MINUTE);
  }

  private static DrillPlan plan(List<BackupPolicy> backups, RecoveryPromise... promises) {
    return new DrillPlan(
        Path.of("plan.yaml"),
        "shop",
        "Shop",
        Map.of(),
        backups,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(promises),
        Optional.empty(),
        Map.of(),
        Map.of(),
        Map.of(),
        List.of());
  }

  private static RecoveryPromise promise(int days) {
    return new RecoveryPromise("db", Duration.ofDays(days), DAY);
  }

  private static ObjectiveResult only(List<ObjectiveResult> results) {
    assertThat(results).hasSize(1);
    return results.get(0);
  }
}
