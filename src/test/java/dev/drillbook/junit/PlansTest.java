package dev.drillbook.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drillbook.junit.misfits.Misfits;
import dev.drillbook.plan.DrillPlan;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class PlansTest {
  private final Plans plans = new Plans();
  private final DrillPlan plan = plans.plan("dhakacart");

  @Drill(plan = "dhakacart", scenario = "complete-database-loss")
  static final class Fits {}

  @Test
  void aDrillThatFitsItsPlanGetsItsScenario() {
    assertThat(plans.scenario(plan, Fits.class.getAnnotation(Drill.class), Fits.class).id())
        .isEqualTo("complete-database-loss");
  }

  @Test
  void aDrillMayLieInThePackageOfItsPlansFolder() throws ClassNotFoundException {
    Class<?> drill = Class.forName("dhakacart.CompleteDatabaseLossDrill");
    assertThat(plans.scenario(plan, drill.getAnnotation(Drill.class), drill).id())
        .isEqualTo("complete-database-loss");
  }

  @Test
  void drillsAndPlanAreHeldAgainstEachOtherBothWays() {
    Drill misspelt = Misfits.Misspelt.class.getAnnotation(Drill.class);
    DrillPlan misfits = plans.plan(Misfits.PLAN);

    assertThatThrownBy(() -> plans.scenario(misfits, misspelt, Misfits.Misspelt.class))
        .hasMessageContaining("names the scenario 'databse-loss', which the plan does not have")
        .hasMessageContaining("did you mean 'database-loss'?")
        .hasMessageContaining("the scenario 'database-loss' has no drill")
        .hasMessageContaining(
            "the scenario 'pod-failures' has a drill, but the plan says notDrilled");
  }

  @Test
  void aPlanIsNamedByItsSystemOrByItsFile() {
    assertThat(plans.plan("drills/dhakacart/plan.yaml")).isSameAs(plan);
  }

  @Test
  void aSelectionThatWouldSkipEverythingIsRefused() {
    plans.checkSelection(only("dhakacart"), plan);
    plans.checkSelection(only("dhakacart/complete-database-loss"), plan);
    plans.checkSelection(only("dhakacart/complete-database-loss,omnify"), plan);

    assertThatThrownBy(() -> plans.checkSelection(only("dhakacart,omnify/data-los"), plan))
        .hasMessageContaining("-Ddrill.only=omnify/data-los selects no drill");
    assertThatThrownBy(() -> plans.checkSelection(only("dhakacart,,omnify"), plan))
        .hasMessageContaining("-Ddrill.only names the system ''");
    assertThatThrownBy(() -> plans.checkSelection(only("dakacart"), plan))
        .hasMessageContaining("did you mean 'dhakacart'?");
    assertThatThrownBy(() -> plans.checkSelection(only("dhakacart/database-loss"), plan))
        .hasMessageContaining("selects no drill")
        .hasMessageContaining("complete-database-loss");
    DrillPlan misfits = plans.plan(Misfits.PLAN);
    assertThatThrownBy(() -> plans.checkSelection(only("misfits/pod-failures"), misfits))
        .hasMessageContaining("selects no drill");
  }

  private static DrillSettings only(String selection) {
    Properties properties = new Properties();
    properties.setProperty("drill.only", selection);
    return DrillSettings.from(properties);
  }
}
