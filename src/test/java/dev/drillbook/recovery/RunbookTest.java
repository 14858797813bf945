package dev.drillbook.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drillbook.plan.Scenario;
import dev.drillbook.plan.Severity;
import dev.drillbook.plan.Step;
import dev.drillbook.recovery.StepResult.Outcome;
import dev.drillbook.site.Action;
import dev.drillbook.site.Scripts;
import dev.drillbook.timeline.DrillClock;
import dev.drillbook.timeline.Event;
import dev.drillbook.timeline.Finding;
import dev.drillbook.timeline.Timeline;
import dev.drillbook.timeline.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunbookTest {
  private static final Duration AMPLE = Duration.ofMinutes(5);

  @TempDir Path folder;
  private final Timeline timeline = new Timeline(DrillClock.start(), event -> {});
  private final List<String> called = new ArrayList<>();
  private Scripts scripts;

  @BeforeEach
  void makeScripts() {
    scripts = new Scripts(folder);
  }

  @Test
  void aDrillThatFollowsItsPlanDeviatesNowhere() {
    assertThat(Runbook.deviations(scenario(AMPLE, "stop", "restore"), steps("stop", "restore")))
        .isEmpty();
  }

  @Test
  void missingAndUnplannedStepsAreAllNamed() {
    assertThat(
            Runbook.deviations(
                scenario(AMPLE, "stop", "restore", "start"),
                steps("stop", "reboot", "look-around")))
        .containsExactly(
            "the plan's automated step 'restore' is not in the drill",
            "the plan's automated step 'start' is not in the drill",
            "the drill's step 'reboot' is not an automated step of the plan",
            "the drill's step 'look-around' is not an automated step of the plan");
  }

  @Test
  void anotherOrderAndAStepTwiceAreDeviations() {
    Scenario scenario = scenario(AMPLE, "stop", "restore");
    assertThat(Runbook.deviations(scenario, steps("restore", "stop")))
        .containsExactly("the drill runs [restore, stop], but the plan's order is [stop, restore]");
    assertThat(Runbook.deviations(scenario, steps("stop", "restore", "restore"))).hasSize(1);
  }

  @Test
  void stepsThatSucceedRunInOrderAndAreWrittenDown() {
    List<StepResult> results =
        run(
            AMPLE,
            step("stop", scripts.command("stop.sh", "echo stopped")),
            step(
                "restore",
                scripts.command("fetch.sh", "echo fetched"),
                scripts.command("load.sh", "echo loaded $SECRET")));

    assertThat(results).extracting(StepResult::outcome).containsOnly(Outcome.SUCCEEDED);
    assertThat(results).allSatisfy(result -> assertThat(result.findings()).isEmpty());
    assertThat(results.get(1).transcript().tail(9)).containsExactly("fetched", "loaded ********");
    assertThat(results.get(1).started()).isGreaterThanOrEqualTo(results.get(0).ended());
    assertThat(called)
        .containsExactly("before stop", "after stop", "before restore", "after restore");
    assertThat(timeline.events())
        .extracting(event -> event.getClass().getSimpleName())
        .containsExactly("StepStarted", "StepEnded", "StepStarted", "StepEnded");
  }

  @Test
  void aStepThatFailsEndsTheRecovery() {
    List<StepResult> results =
        run(
            AMPLE,
            step(
                "restore",
                scripts.command("restore.sh", "echo 'gzip: unexpected end of file'; exit 2")),
            step("start", () -> called.add("never")));

    StepResult failed = only(results);
    assertThat(failed.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(failed.succeeded()).isFalse();
    Finding finding = only(failed.findings());
    assertThat(finding.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(finding.subject()).isEqualTo("step restore");
    assertThat(finding.found()).contains("restore.sh failed with exit code 2");
    assertThat(finding.hint()).contains("the backup file is damaged or incomplete");
    assertThat(called).containsExactly("before restore", "after restore");
    assertThat(timeline.first(Event.StepEnded.class))
        .hasValueSatisfying(
            ended -> {
              assertThat(ended.succeeded()).isFalse();
              assertThat(ended.detail()).contains("exit code 2");
            });
    assertThat(timeline.first(Event.Noted.class).orElseThrow().text())
        .contains("step 'restore' did not succeed");
  }

  @Test
  void anActionThatThrowsAnythingFailsItsStep() {
    StepResult failed =
        only(
            run(
                AMPLE,
                step(
                    "stop",
                    () -> {
                      throw new AssertionError("no such host");
                    })));
    assertThat(failed.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(only(failed.findings()).found()).isEqualTo("java.lang.AssertionError: no such host");
  }

  @Test
  void aStepOverItsBudgetHasSucceededAndIsAFinding() {
    Duration budget = Duration.ofSeconds(2);
    StepResult slow =
        only(
            run(
                budget,
                step(
                    "restore",
                    () -> {
                      long started = System.nanoTime();
                      await()
                          .pollInterval(Duration.ofMillis(10))
                          .until(() -> System.nanoTime() - started > budget.toNanos());
                    })));
    assertThat(slow.outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(slow.took()).isGreaterThan(budget);
    Finding finding = only(slow.findings());
    assertThat(finding.expected()).isEqualTo("done within its budget of 2 s");
    assertThat(finding.found()).startsWith("took 2");
  }

  @Test
  void aStepBeyondTwiceItsBudgetIsKilled() {
    List<StepResult> results =
        run(
            Duration.ofSeconds(1),
            step("restore", scripts.command("hang.sh", "echo $$ > pid; sleep 600")),
            step("start", () -> called.add("never")));

    StepResult hung = only(results);
    assertThat(hung.outcome()).isEqualTo(Outcome.TIMED_OUT);
    assertThat(hung.took()).isGreaterThanOrEqualTo(Duration.ofSeconds(2));
    assertThat(only(hung.findings()).found()).isEqualTo("stopped after twice that time");
    assertThat(folder.resolve("pid")).exists();
    await().until(() -> !scripts.isRunning("pid"));
    assertThat(called).doesNotContain("never");
  }

  @Test
  void anErrorLineInTheOutputOfAStepThatClaimsSuccessIsAFinding() {
    StepResult claimed =
        only(
            run(
                AMPLE,
                step(
                    "restore",
                    scripts.command(
                        "restore.sh",
                        """
                        echo 'ERROR: only printed'
                        cat >&2 <<'END'
                        NOTICE:  table "x" does not exist, skipping
                        psql:/b/dump.sql:17: ERROR:  relation "orders" already exists
                        pg_restore: error: could not execute query
                        the word ERROR: in the middle
                        END
                        exit 0
                        """))));
    assertThat(claimed.outcome()).isEqualTo(Outcome.SUCCEEDED);
    Finding finding = only(claimed.findings());
    assertThat(finding.found()).isEqualTo("2 error lines, exit code 0");
    assertThat(finding.examples())
        .containsExactly(
            "psql:/b/dump.sql:17: ERROR:  relation \"orders\" already exists",
            "pg_restore: error: could not execute query");
  }

  @Test
  void errorsAmongTenThousandOtherLinesAreFound() {
    StepResult claimed =
        only(
            run(
                AMPLE,
                step(
                    "restore",
                    scripts.command(
                        "restore.sh",
                        """
                        i=0
                        while [ $i -lt 10000 ]; do
                          echo "NOTICE:  line $i" >&2
                          if [ $((i % 250)) -eq 0 ]; then echo "ERROR:  line $i" >&2; fi
                          i=$((i + 1))
                        done
                        """))));
    assertThat(only(claimed.findings()).found()).isEqualTo("40 error lines, exit code 0");
  }

  @Test
  void aSecretNeverReachesAFinding() throws Exception {
    StepResult failed =
        only(run(AMPLE, step("restore", scripts.command("leak.sh", "echo $SECRET; exit 1"))));
    assertThat(failed.toString()).doesNotContain("s3cret");
    assertThat(failed.transcript().text()).doesNotContain("s3cret").contains("********");
    assertThat(Files.readString(folder.resolve("leak.sh"))).contains("$SECRET");
  }

  private List<StepResult> run(Duration budget, RecoveryStep... recovery) {
    String[] ids = Arrays.stream(recovery).map(RecoveryStep::id).toArray(String[]::new);
    Runbook.StepListener listener =
        new Runbook.StepListener() {
          @Override
          public void before(Step step) {
            called.add("before " + step.id());
          }

          @Override
          public void after(Step step) {
            called.add("after " + step.id());
          }
        };
    return new Runbook(timeline, Set.of("s3cret"), listener)
        .run(scenario(budget, ids), List.of(recovery));
  }

  private static Scenario scenario(Duration budget, String... automated) {
    List<Step> steps = new ArrayList<>();
    steps.add(new Step("look-around", "", Step.Kind.MANUAL, AMPLE, Optional.of(AMPLE), false));
    for (String id : automated) {
      steps.add(new Step(id, id, Step.Kind.AUTOMATED, budget, Optional.empty(), false));
    }
    return new Scenario(
        "loss",
        "Loss",
        Severity.P0,
        Optional.empty(),
        AMPLE,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        steps,
        Optional.empty());
  }

  private static RecoveryStep step(String id, Action... actions) {
    return new RecoveryStep(id, List.of(actions));
  }

  private static List<RecoveryStep> steps(String... ids) {
    return Arrays.stream(ids).map(id -> step(id, () -> {})).toList();
  }

  private static <T> T only(List<T> list) {
    assertThat(list).hasSize(1);
    return list.get(0);
  }
}
