package dev.drillbook.drills;

import static dev.drillbook.verification.ForeignKeys.foreignKeys;
import static dev.drillbook.verification.RowCounts.rowCounts;
import static dev.drillbook.verification.ServesWrites.servesWrites;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drillbook.junit.Drill;
import dev.drillbook.run.DrillRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Bad recoveries turn a drill red that looks, and find out one that does not. */
class SabotageIT {
  private static final String SCENARIO = "complete-database-loss";

  @AfterEach
  void noMore() {
    System.clearProperty("drill.sabotage");
  }

  @Drill(plan = "dhakacart", scenario = SCENARIO)
  static class Thorough {
    @Test
    void drill(DrillRun drill) {
      new DhakaCart(drill).impatient().withoutTheRunbooksOwnChecks().run();
    }
  }

  @Drill(plan = "dhakacart", scenario = SCENARIO)
  static class Careless {
    @Test
    void drill(DrillRun drill) {
      new DhakaCart(drill)
          .withoutTheRunbooksOwnChecks()
          .verify(rowCounts(), foreignKeys(), servesWrites())
          .run();
    }
  }

  @Test
  void aThoroughDrillIsRedForWhatItFound() {
    System.setProperty("drill.sabotage", "loses-a-row,drops-an-index,is-too-late,does-nothing");

    RunFixture.run(Thorough.class)
        .testEvents()
        .assertStatistics(events -> events.started(1).succeeded(1));
  }

  @Test
  void aCarelessDrillThatStaysGreenFails() {
    System.setProperty("drill.sabotage", "alters-a-cell,claims-success-after-errors");

    assertThat(RunFixture.failure(Careless.class))
        .hasMessageContaining("does not see every bad recovery")
        .hasMessageContaining("alters-a-cell: stays green")
        .hasMessageNotContaining("claims-success-after-errors: ");
  }

  @Test
  void aDrillThatIsRedForWantOfEvidenceHasSeenNothing() {
    System.setProperty("drill.sabotage", "is-too-late");

    assertThat(RunFixture.failure(Fixtures.ChangesNothing.class))
        .hasMessageContaining("is-too-late: red, but for want of evidence");
  }

  @Test
  void aDrillThatCanBeSabotagedInTooFewWaysFails() {
    System.setProperty("drill.sabotage", "leaves-a-stranger,loses-a-document,is-too-late");

    assertThat(RunFixture.failure(Careless.class))
        .hasMessageContaining("can be sabotaged in 1 ways only");
  }
}
