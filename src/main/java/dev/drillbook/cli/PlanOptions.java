package dev.drillbook.cli;

import dev.drillbook.plan.DrillPlan;
import dev.drillbook.plan.PlanException;
import dev.drillbook.plan.PlanLoader;
import dev.drillbook.plan.RestoreCheck;
import dev.drillbook.restorecheck.CheckHistory;
import dev.drillbook.restorecheck.RestoreChecks;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Options that say which plan, and which of its policies. */
final class PlanOptions {
  @Option(
      names = "--plan",
      required = true,
      paramLabel = "FILE",
      description =
          "The plan of the system. Its restoreChecks say how backups are found and proven.")
  private Path plan;

  @Option(
      names = "--policy",
      paramLabel = "ID",
      description = "Only this policy's backups; may be given several times. All without it.")
  private List<String> policies = new ArrayList<>();

  @Option(
      names = "--history",
      paramLabel = "FILE",
      defaultValue = "reports/restore-checks.jsonl",
      description = "Where each check leaves a line (default: ${DEFAULT-VALUE}).")
  private Path history;

  /**
   * @throws PlanException if the plan is wrong
   */
  DrillPlan plan() {
    return PlanLoader.load(plan);
  }

  /** The checks that are meant; errors as for {@link RestoreChecks#of}. */
  List<RestoreCheck> checks(DrillPlan of) {
    return RestoreChecks.of(of, policies);
  }

  CheckHistory history() {
    return new CheckHistory(history);
  }
}
