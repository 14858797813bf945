package dev.drillbook.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AsWrittenTest {
  private static final String SCHEDULE = "    schedule: \"0 */12 * * *\"\n";

  @TempDir Path temp;
  private PlanFolder folder;

  @BeforeEach
  void fillTheFolder() {
    folder = PlanFolder.in(temp);
  }

  @Test
  void loadingKeepsTheCorrectedValuesAndRecordsEachCorrection() {
    DrillPlan plan =
        folder.load(
            withAsWritten(
                    "schedule: \"0 0 * * *\", retention: 7d, reason: too seldom, finding: WS-12")
                .replace(
                    "budget: 15m", "budget: 15m\n        asWritten: {budget: 5m, reason: it grew}")
                .replace(
                    "needs: [db, cache]",
                    "needs: [db, cache]\n    asWritten: {needs: [db], reason: forgotten}"));

    assertThat(plan.backups().get(0).schedule()).contains(CronSchedule.parse("0 */12 * * *"));
    assertThat(plan.corrections())
        .containsExactlyInAnyOrder(
            new Correction(
                List.of("backups", "db-dump", "schedule"),
                "0 0 * * *",
                "0 */12 * * *",
                "too seldom",
                Optional.of("WS-12")),
            new Correction(
                List.of("backups", "db-dump", "retention"),
                "7d",
                "14d",
                "too seldom",
                Optional.of("WS-12")),
            new Correction(
                List.of("scenarios", "database-loss", "steps", "restore-database", "budget"),
                "5m",
                "15m",
                "it grew",
                Optional.empty()),
            new Correction(
                List.of("components", "shop", "needs"),
                "[db]",
                "[db, cache]",
                "forgotten",
                Optional.empty()));
  }

  @Test
  void loadingAsWrittenPutsTheOriginalsBack() {
    Path file =
        folder.plan(
            withAsWritten("schedule: \"0 0 * * *\", retention: 7d, reason: too seldom")
                .replace(
                    "budget: 15m",
                    "budget: 15m\n        asWritten: {budget: 5m, reason: it grew}"));

    DrillPlan plan = PlanLoader.loadAsWritten(file);

    assertThat(plan.corrections()).isEmpty();
    assertThat(plan.backups().get(0).schedule()).contains(CronSchedule.parse("0 0 * * *"));
    assertThat(plan.backups().get(0).retention()).isEqualTo(Duration.ofDays(7));
    assertThat(plan.scenarios().get(0).steps().get(1).budget()).isEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void thePromisesOfAPlanCanBeCorrectedToo() {
    Path file =
        folder.plan(
            withAsWritten("timeZone: UTC, reason: the servers' clocks are local")
                .replace("    retention: 14d\n", "    timeZone: Asia/Dhaka\n    retention: 14d\n")
                .replace(
                    "scenarios:\n",
                    """
                    recoveryPoints:
                      - component: db
                        reachingBack: 13d
                        every: 1d
                        asWritten: {reachingBack: 30d, reason: that many are not kept}
                    production: {size: 2GB, asWritten: {size: 1GB, reason: it grew}}
                    scenarios:
                    """));

    assertThat(PlanLoader.load(file).corrections())
        .extracting(Correction::path, Correction::asWritten, Correction::corrected)
        .containsExactlyInAnyOrder(
            tuple(List.of("backups", "db-dump", "timeZone"), "UTC", "Asia/Dhaka"),
            tuple(List.of("recoveryPoints", "#1", "reachingBack"), "30d", "13d"),
            tuple(List.of("production", "size"), "1GB", "2GB"));
    DrillPlan asWritten = PlanLoader.loadAsWritten(file);
    assertThat(asWritten.backups().get(0).schedule()).contains(CronSchedule.parse("0 */12 * * *"));
    assertThat(asWritten.promises().get(0).reachingBack()).isEqualTo(Duration.ofDays(30));
    assertThat(asWritten.productionSize()).contains(new DataSize(1_000_000_000));
  }

  @Test
  void originalsThatMakeNoValidPlanAreProblemsOfThePlanAsWrittenOnly() {
    String text = withAsWritten("retention: 6h, reason: it kept too few");
    Path file = folder.plan(text);

    assertThat(PlanLoader.load(file).corrections()).hasSize(1);
    assertThatThrownBy(() -> PlanLoader.loadAsWritten(file))
        .isInstanceOf(PlanException.class)
        .hasMessageContaining(":30: backup db-dump is kept for 6 h");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "retention: 7d|asWritten gives no reason|add reason",
        "retention: 7d, reason: ''|asWritten gives no reason|add reason",
        "retntion: 7d, reason: x|asWritten names 'retntion'|did you mean 'retention'?",
        "reason: x|asWritten holds no original value|write asWritten",
        "retention: , reason: x|asWritten has no value for 'retention'|write asWritten",
        "retention: 7d, reason: x, finding: see below|asWritten: 'finding' is 'see below', not the id|letters, a dash and digits",
        "retention: 14d, reason: x|nothing was corrected|remove it"
      })
  void whatIsWrongWithItIsAProblemInEitherReading(String content, String found, String hint) {
    Path file = folder.plan(withAsWritten(content));

    assertThatThrownBy(() -> PlanLoader.load(file))
        .isInstanceOfSatisfying(PlanException.class, e -> assertOne(e, found, hint));
    assertThatThrownBy(() -> PlanLoader.loadAsWritten(file))
        .isInstanceOf(PlanException.class)
        .hasMessageContaining(found);
  }

  @Test
  void anAsWrittenThatIsNoMappingIsAProblem() {
    String text = PlanFolder.VALID.replace(SCHEDULE, SCHEDULE + "    asWritten: daily\n");
    assertThat(folder.problems(text))
        .extracting(Problem::line, Problem::found)
        .containsExactly(tuple(30, "asWritten is not a mapping"));
  }

  private static void assertOne(PlanException refusal, String found, String hint) {
    assertThat(refusal.problems()).hasSize(1);
    assertThat(refusal.problems().get(0).line()).isEqualTo(30);
    assertThat(refusal.problems().get(0).found()).contains(found);
    assertThat(refusal.problems().get(0).hint()).contains(hint);
  }

  private static String withAsWritten(String content) {
    return PlanFolder.VALID.replace(SCHEDULE, SCHEDULE + "    asWritten: {" + content + "}\n");
  }
}
