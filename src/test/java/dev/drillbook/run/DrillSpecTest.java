package dev.drillbook.run;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drillbook.fault.ActiveFault;
import dev.drillbook.fault.Fault;
import dev.drillbook.fault.Scene;
import dev.drillbook.plan.DrillPlan;
import dev.drillbook.plan.PlanLoader;
import dev.drillbook.plan.Scenario;
import dev.drillbook.plan.Step;
import dev.drillbook.recovery.RecoveryStep;
import dev.drillbook.timeline.DrillException;
import dev.drillbook.verification.Check;
import dev.drillbook.verification.RowCounts;
import dev.drillbook.workload.Contents;
import dev.drillbook.workload.LoadProfile;
import dev.drillbook.workload.Operation;
import dev.drillbook.workload.ProbeProfile;
import dev.drillbook.workload.Workload;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DrillSpecTest {
  private static final DrillPlan PLAN = PlanLoader.load(Path.of("drills/dhakacart/plan.yaml"));
  private static final Scenario SCENARIO = PLAN.scenario("complete-database-loss").orElseThrow();
  private static final List<RecoveryStep> AS_PLANNED =
      SCENARIO.automatedSteps().stream()
          .map(Step::id)
          .map(id -> new RecoveryStep(id, List.of(() -> {})))
          .toList();

  @Test
  void aDrillThatFollowsItsPlanIsValid() {
    DrillSpec spec =
        spec(
            Optional.of(new Unused()),
            Optional.of("postgres-dump"),
            List.of(new Unused()),
            AS_PLANNED,
            List.of(RowCounts.rowCounts()));
    assertThatCode(spec::validate).doesNotThrowAnyException();
  }

  @Test
  void aStepWithoutAnyActionProvesNothing() {
    List<RecoveryStep> empty =
        AS_PLANNED.stream().map(step -> new RecoveryStep(step.id(), List.of())).toList();
    DrillSpec spec =
        spec(
            Optional.of(new Unused()),
            Optional.of("postgres-dump"),
            List.of(new Unused()),
            empty,
            List.of(RowCounts.rowCounts()));
    assertThatThrownBy(spec::validate)
        .hasMessageContaining("its step 'stop-application' does nothing")
        .hasMessageContaining("its step 'test-application' does nothing");
  }

  @Test
  void allProblemsAreListedAtOnce() {
    DrillSpec empty =
        spec(Optional.empty(), Optional.empty(), List.of(), AS_PLANNED.subList(1, 6), List.of());
    assertThatThrownBy(empty::validate)
        .isInstanceOf(DrillException.class)
        .hasMessageContaining("the drill dhakacart/complete-database-loss cannot run")
        .hasMessageContaining("it has no workload")
        .hasMessageContaining("it has no disaster")
        .hasMessageContaining("it has no check")
        .hasMessageContaining("automated step 'stop-application' is not in the drill")
        .hasMessageContaining("restores from 'postgres-dump', but the drill takes no backup")
        .hasMessageContaining("plan.yaml");
  }

  @Test
  void anotherBackupThanThePlansIsAProblem() {
    assertThatThrownBy(withBackup("redis-rdb")::validate)
        .isInstanceOf(DrillException.class)
        .hasMessageContaining("restores from 'postgres-dump', but the drill takes 'redis-rdb'");
    assertThatThrownBy(withBackup("nightly")::validate)
        .isInstanceOf(DrillException.class)
        .hasMessageContaining("no backup policy 'nightly' with a script");
  }

  private static DrillSpec withBackup(String backup) {
    return spec(
        Optional.of(new Unused()),
        Optional.of(backup),
        List.of(new Unused()),
        AS_PLANNED,
        List.of(RowCounts.rowCounts()));
  }

  private static DrillSpec spec(
      Optional<Workload> workload,
      Optional<String> backup,
      List<Fault> faults,
      List<RecoveryStep> recovery,
      List<Check> checks) {
    return new DrillSpec(
        PLAN,
        SCENARIO,
        workload,
        LoadProfile.standard(),
        ProbeProfile.standard(),
        List.of(),
        new Restoration(backup.stream().toList(), Optional.empty(), List.of(), false),
        List.of(),
        Optional.empty(),
        faults,
        new ActiveFaults(),
        recovery,
        checks,
        Duration.ZERO,
        Duration.ZERO,
        Duration.ofSeconds(30));
  }

  /** Declared, and never called. */
  private static final class Unused implements Workload, Fault {

    @Override
    public String name() {
      return "unused";
    }

    @Override
    public ActiveFault inject(Scene scene) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Operation next(long sequence) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Operation insert(String tag) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Optional<String> read(String key, Duration timeout) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void contents(Contents sink) {
      throw new UnsupportedOperationException();
    }
  }
}
