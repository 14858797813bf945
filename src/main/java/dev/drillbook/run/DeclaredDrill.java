package dev.drillbook.run;

import dev.drillbook.plan.DrillPlan;
import dev.drillbook.plan.Scenario;
import dev.drillbook.recovery.RecoveryStep;
import java.util.List;

/**
 * A drill as it was declared.
 *
 * @param backups the policies that it takes a backup of
 * @param checks the names of its own checks
 */
public record DeclaredDrill(
    DrillPlan plan,
    Scenario scenario,
    List<String> backups,
    List<RecoveryStep> recovery,
    List<String> checks) {}
