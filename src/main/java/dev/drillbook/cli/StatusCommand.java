package dev.drillbook.cli;

import dev.drillbook.plan.DrillPlan;
import dev.drillbook.plan.RestoreCheck;
import dev.drillbook.restorecheck.CheckLine;
import dev.drillbook.restorecheck.LastChecks;
import dev.drillbook.timeline.Finding;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code drillbook status}. */
@Command(
    name = "status",
    description =
        "Says when backups were last checked, and when last with success; fails if either is longer ago than the plan allows.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Exit codes: 0 neither is overdue, 1 one is, 64 usage.",
      "",
      "Run it from another scheduler than the check itself: one that stands still alarms nobody."
    })
final class StatusCommand implements Callable<Integer> {
  @Mixin private PlanOptions options;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    DrillPlan plan = options.plan();
    List<CheckLine> history = options.history().read();
    int exit = ExitCode.PASS;
    for (RestoreCheck check : options.checks(plan)) {
      LastChecks last = LastChecks.of(plan.system(), check.policy(), history);
      List<Finding> overdue = last.overdue(check, Instant.now());
      out.println(
          "%s/%s: last run %s, last success %s%s"
              .formatted(
                  plan.system(),
                  check.policy(),
                  last.run().map(Instant::toString).orElse("never"),
                  last.success().map(Instant::toString).orElse("never"),
                  overdue.isEmpty() ? "" : ", OVERDUE"));
      for (Finding finding : overdue) {
        exit = ExitCode.FAIL;
        out.println(
            "  %s: expected %s, found %s%n    hint: %s"
                .formatted(finding.subject(), finding.expected(), finding.found(), finding.hint()));
      }
    }
    return exit;
  }
}
