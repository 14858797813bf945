package dev.drillbook.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The facts of DhakaCart's runbook, as its plan must hold them. */
class DhakaCartPlanTest {
  private static final Path PLAN = Path.of("drills/dhakacart/plan.yaml");

  @Test
  void itsScenariosHaveTheRunbooksTargets() {
    DrillPlan plan = PlanLoader.load(PLAN);

    assertThat(plan.system()).isEqualTo("dhakacart");
    assertThat(plan.scenarios())
        .extracting(Scenario::id, Scenario::severity, Scenario::rto, Scenario::rpo)
        .containsExactly(
            tuple(
                "complete-database-loss",
                Severity.P0,
                Duration.ofMinutes(45),
                Optional.of(Duration.ofHours(24))),
            tuple(
                "infrastructure-failure",
                Severity.P0,
                Duration.ofHours(3),
                Optional.of(Duration.ofHours(24))),
            tuple("ransomware", Severity.P0, Duration.ofHours(4), Optional.empty()),
            tuple("accidental-deletion", Severity.P1, Duration.ofMinutes(30), Optional.empty()),
            tuple("pod-failures", Severity.P1, Duration.ofMinutes(20), Optional.empty()));
    assertThat(plan.scenarios()).allSatisfy(s -> assertThat(s.notDrilled()).isEmpty());
  }

  @Test
  void theStepsOfADatabaseLossAreTheRunbooks() {
    Scenario loss = PlanLoader.load(PLAN).scenario("complete-database-loss").orElseThrow();

    assertThat(loss.steps())
        .extracting(Step::id, Step::kind, step -> step.budget().toMinutes())
        .containsExactly(
            tuple("assess-situation", Step.Kind.MANUAL, 2L),
            tuple("stop-application", Step.Kind.AUTOMATED, 1L),
            tuple("identify-latest-backup", Step.Kind.AUTOMATED, 1L),
            tuple("restore-database", Step.Kind.AUTOMATED, 15L),
            tuple("verify-data-integrity", Step.Kind.AUTOMATED, 2L),
            tuple("restart-application", Step.Kind.AUTOMATED, 2L),
            tuple("test-application", Step.Kind.AUTOMATED, 3L),
            tuple("monitor-logs", Step.Kind.MANUAL, 5L));
    assertThat(loss.steps().stream().filter(Step::restore))
        .extracting(Step::id)
        .containsExactly("restore-database");
  }

  @Test
  void itsTableOfRecoveryTimesEscalationAndChecklistAreTheRunbooks() {
    DrillPlan plan = PlanLoader.load(PLAN);

    assertThat(plan.objectives())
        .extracting(Objective::name, objective -> objective.rto().toMinutes())
        .containsExactly(
            tuple("database-failure", 45L),
            tuple("infrastructure-failure", 180L),
            tuple("ransomware", 240L),
            tuple("accidental-deletion", 30L),
            tuple("pod-failures", 20L));
    assertThat(plan.scenarios()).allMatch(scenario -> scenario.objective().isPresent());
    assertThat(plan.escalation())
        .extracting(EscalationLevel::level, level -> level.after().toMinutes())
        .containsExactly(tuple(1, 0L), tuple(2, 15L), tuple(3, 30L), tuple(4, 60L));
    assertThat(plan.checklist()).hasSize(10);
  }

  @Test
  void everyScenariosStepsFitItsRto() {
    assertThat(PlanLoader.load(PLAN).scenarios())
        .allSatisfy(
            scenario ->
                assertThat(
                        scenario.steps().stream()
                            .map(Step::budget)
                            .reduce(Duration.ZERO, Duration::plus))
                    .isLessThanOrEqualTo(scenario.rto()));
  }

  @Test
  void itsDailyBackupsAreCorrectedToTwelveHours() {
    DrillPlan plan = PlanLoader.load(PLAN);

    assertThat(plan.backups())
        .extracting(
            BackupPolicy::id, BackupPolicy::component, policy -> policy.schedule().orElseThrow())
        .containsExactly(
            tuple("postgres-dump", "db", CronSchedule.parse("0 */12 * * *")),
            tuple("redis-rdb", "cache", CronSchedule.parse("0 */12 * * *")));
    assertThat(plan.corrections())
        .extracting(Correction::path, Correction::asWritten, Correction::corrected)
        .containsExactly(
            tuple(List.of("backups", "postgres-dump", "schedule"), "0 0 * * *", "0 */12 * * *"),
            tuple(List.of("backups", "redis-rdb", "schedule"), "0 0 * * *", "0 */12 * * *"));
    assertThat(plan.corrections()).allSatisfy(c -> assertThat(c.reason()).contains("RPO of 24 h"));
  }

  @Test
  void asWrittenItsBackupsAreAsFarApartAsItsRpo() {
    DrillPlan plan = PlanLoader.loadAsWritten(PLAN);

    assertThat(plan.corrections()).isEmpty();
    assertThat(plan.backup("postgres-dump").orElseThrow().schedule().orElseThrow().longestGap())
        .isEqualTo(Duration.ofHours(24));
  }
}
