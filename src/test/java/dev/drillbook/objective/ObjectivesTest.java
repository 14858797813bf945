package dev.drillbook.objective;

import static dev.drillbook.objective.Scenarios.RPO;
import static dev.drillbook.objective.Scenarios.RTO;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drillbook.plan.BackupPolicy;
import dev.drillbook.plan.DrillPlan;
import dev.drillbook.plan.PlanLoader;
import dev.drillbook.plan.Scenario;
import dev.drillbook.timeline.Finding;
import dev.drillbook.timeline.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ObjectivesTest {
  private static final Duration MANUAL = Duration.ofMinutes(2);
  private static final Duration NANOSECOND = Duration.ofNanos(1);
  private static final Path DHAKACART = Path.of("drills/dhakacart/plan.yaml");

  @Test
  void aTargetIsMetUpToAndIncludingItsValue() {
    List<ObjectiveResult> results = judge(RTO.minus(MANUAL), RPO, RPO);
    assertThat(results)
        .extracting(ObjectiveResult::objective)
        .containsExactly("RTO", "RPO actual", "RPO worst case");
    assertThat(results)
        .allSatisfy(
            result -> {
              assertThat(result.verdict()).isEqualTo(Verdict.PASS);
              assertThat(result.measured()).contains(result.target());
              assertThat(result.finding()).isEmpty();
            });
  }

  @Test
  void aNanosecondMoreMissesIt() {
    List<ObjectiveResult> results =
        judge(RTO.minus(MANUAL).plus(NANOSECOND), RPO.plus(NANOSECOND), RPO.plus(NANOSECOND));
    assertThat(results).extracting(ObjectiveResult::verdict).containsOnly(Verdict.FAIL);
    assertThat(results.get(0).finding())
        .hasValueSatisfying(
            finding -> {
              assertThat(finding.subject()).isEqualTo("RTO");
              assertThat(finding.expected()).isEqualTo("at most 45 min");
              assertThat(finding.found()).startsWith("45 min 0.000000001 s (from the fault");
            });
  }

  @Test
  void theManualStepsCountAgainstTheRto() {
    assertThat(judge(RTO.minus(MANUAL).plus(NANOSECOND), Duration.ZERO, RPO).get(0).verdict())
        .isEqualTo(Verdict.FAIL);
  }

  @Test
  void whatCouldNotBeMeasuredIsUnknown() {
    List<ObjectiveResult> results =
        Objectives.judge(
            Scenarios.loss(),
            true,
            Optional.empty(),
            new DataLoss(Optional.empty(), Optional.empty(), Optional.empty()));
    assertThat(results).hasSize(3);
    assertThat(results).extracting(ObjectiveResult::verdict).containsOnly(Verdict.UNKNOWN);
    assertThat(results)
        .extracting(result -> result.finding().map(Finding::found))
        .containsOnly(Optional.of("could not be measured"));
  }

  @Test
  void aScenarioWithoutARpoIsJudgedByItsRtoAlone() {
    Scenario noRpo = Scenarios.loss(Optional.empty(), Optional.of("dump"));
    assertThat(Objectives.judge(noRpo, true, outage(Duration.ZERO), loss(Duration.ZERO, RPO)))
        .extracting(ObjectiveResult::objective)
        .containsExactly("RTO");
  }

  @Test
  void aScenarioWithoutABackupHasNoWorstCase() {
    Scenario noBackup = Scenarios.loss(Optional.of(RPO), Optional.empty());
    assertThat(Objectives.judge(noBackup, false, outage(Duration.ZERO), loss(Duration.ZERO, RPO)))
        .extracting(ObjectiveResult::objective)
        .containsExactly("RTO", "RPO actual");
  }

  @Test
  void aBackupThatOnlyTheDrillNamesHasAWorstCaseToo() {
    Scenario noBackup = Scenarios.loss(Optional.of(RPO), Optional.empty());
    List<ObjectiveResult> results =
        Objectives.judge(
            noBackup, true, outage(Duration.ZERO), loss(Duration.ZERO, RPO.plus(NANOSECOND)));
    assertThat(results.get(2).objective()).isEqualTo("RPO worst case");
    assertThat(results.get(2).verdict()).isEqualTo(Verdict.FAIL);
  }

  @Test
  void dailyBackupsCannotMeetARpoOfADay() {
    ObjectiveResult worst = worstCase("0 0 * * *", Duration.ofMillis(400));
    assertThat(worst.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(worst.finding().orElseThrow().found())
        .isEqualTo(
            "24 h 0.4 s (between the recovery points of Mon 2024-01-01 00:00 UTC and"
                + " Tue 2024-01-02 00:00 UTC, and 400 ms to take the latter)");
  }

  @Test
  void backupsEveryTwelveHoursMeetARpoOfADay() {
    assertThat(worstCase("0 */12 * * *", Duration.ofHours(12)).verdict()).isEqualTo(Verdict.PASS);
    assertThat(worstCase("0 */12 * * *", Duration.ofHours(12).plus(NANOSECOND)).verdict())
        .isEqualTo(Verdict.FAIL);
  }

  @Test
  void everythingIsMoreThanAnyRpo() {
    ObjectiveResult worst =
        worstCase(
            Scenarios.loss(),
            List.of(Policies.full("dump", "0 0 * * *", Duration.ofDays(1))),
            NANOSECOND);
    assertThat(worst.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(worst.measured()).isEmpty();
    assertThat(worst.target()).isEqualTo(RPO);
    assertThat(worst.finding().orElseThrow().expected()).isEqualTo("at most 24 h");
    assertThat(worst.finding().orElseThrow().found())
        .startsWith("everything: just before Tue 2024-01-02 00:00");
  }

  @Test
  void theRunbookAsWrittenMissesItsOwnRpoAndTheCorrectedPlanMeetsIt() {
    Duration backupTook = Duration.ofMillis(400);
    ObjectiveResult asWritten = worstCase(PlanLoader.loadAsWritten(DHAKACART), backupTook);
    assertThat(asWritten.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(asWritten.measured()).contains(Duration.ofHours(24).plus(backupTook));

    ObjectiveResult corrected = worstCase(PlanLoader.load(DHAKACART), backupTook);
    assertThat(corrected.verdict()).isEqualTo(Verdict.PASS);
    assertThat(corrected.measured()).contains(Duration.ofHours(12).plus(backupTook));
  }

  private static ObjectiveResult worstCase(DrillPlan plan, Duration backupTook) {
    Scenario scenario = plan.scenario("complete-database-loss").orElseThrow();
    return worstCase(scenario, plan.backupsOf("db"), backupTook);
  }

  private static ObjectiveResult worstCase(String schedule, Duration backupTook) {
    return worstCase(Scenarios.loss(), List.of(Policies.full("dump", schedule)), backupTook);
  }

  private static ObjectiveResult worstCase(
      Scenario scenario, List<BackupPolicy> policies, Duration backupTook) {
    DataLoss loss =
        new DataLoss(
            Optional.of(Duration.ZERO),
            WorstCase.of(policies, policy -> backupTook),
            Optional.of(backupTook));
    return Objectives.judge(scenario, true, outage(Duration.ZERO), loss).stream()
        .filter(result -> result.objective().equals("RPO worst case"))
        .findFirst()
        .orElseThrow();
  }

  private static List<ObjectiveResult> judge(
      Duration sinceFault, Duration actualLoss, Duration worstLoss) {
    return Objectives.judge(
        Scenarios.loss(), true, outage(sinceFault), loss(actualLoss, worstLoss));
  }

  private static Optional<Outage> outage(Duration sinceFault) {
    return Optional.of(
        new Outage(sinceFault, sinceFault, Optional.empty(), MANUAL, Duration.ofMillis(10)));
  }

  private static DataLoss loss(Duration actual, Duration worst) {
    WorstCase gap =
        new WorstCase.Gap(Instant.EPOCH, Instant.EPOCH.plus(worst), Duration.ZERO, ZoneOffset.UTC);
    return new DataLoss(Optional.of(actual), Optional.of(gap), Optional.of(Duration.ZERO));
  }
}
