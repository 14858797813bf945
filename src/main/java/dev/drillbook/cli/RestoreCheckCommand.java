package dev.drillbook.cli;

import dev.drillbook.catalogue.Pick;
import dev.drillbook.plan.DrillPlan;
import dev.drillbook.plan.RestoreCheck;
import dev.drillbook.restorecheck.CheckHistory;
import dev.drillbook.restorecheck.CheckText;
import dev.drillbook.restorecheck.RestoreCheckRecord;
import dev.drillbook.restorecheck.RestoreChecks;
import dev.drillbook.site.Site;
import dev.drillbook.site.SiteSettings;
import dev.drillbook.site.containers.Containers;
import dev.drillbook.site.embedded.EmbeddedSite;
import dev.drillbook.site.embedded.Installations;
import dev.drillbook.timeline.Verdict;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code drillbook restore-check}. */
@Command(
    name = "restore-check",
    description = {
      "Restores stored backups into a store that is made for it, and proves what came back.",
      "",
      "Nothing is ever restored to where a backup came from: the store is a new, empty one of this machine's, or of containers, gone when the check ends."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Exit codes: 0 every backup that was looked at is good, 1 something is wrong, 2 something could not be proven, 64 usage.",
      "",
      "Examples:",
      "  drillbook restore-check --plan plan.yaml --backups /var/backups/shop",
      "  drillbook restore-check --plan plan.yaml --backups s3://backups/shop --pick random"
    })
final class RestoreCheckCommand implements Callable<Integer> {
  /** Where sites can be. */
  enum Where {
    embedded,
    containers
  }

  /** Short enough to be typed. */
  private static final long SEEDS = 1_000_000_000;

  private final Map<String, String> environment;

  @Mixin private PlanOptions options;
  @Spec private CommandSpec spec;

  @Option(
      names = "--backups",
      required = true,
      paramLabel = "DIR|s3://BUCKET/PREFIX",
      description = {
        "Where the backups are. For S3, credentials, region and endpoint come from AWS's usual variables."
      })
  private String backups;

  @Option(
      names = "--pick",
      defaultValue = "newest",
      paramLabel = "WHICH",
      description = "newest, oldest, random, all, or a backup's name (default: ${DEFAULT-VALUE}).")
  private String pick;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "What random depends on; the one that was used is printed.")
  private Long seed;

  @Option(
      names = "--site",
      defaultValue = "embedded",
      description = "Where to restore: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Where site;

  @Option(
      names = "--local-images",
      description = "Containers are of the images that drills/images/build makes.")
  private boolean localImages;

  @Option(names = "--transcript", description = "Print what each restore printed.")
  private boolean transcript;

  RestoreCheckCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    DrillPlan plan = options.plan();
    List<RestoreCheck> checks = options.checks(plan);
    CheckHistory history = options.history();
    history.requireWritable();
    long chance = seed == null ? ThreadLocalRandom.current().nextLong(1, SEEDS) : seed;
    RestoreChecks runner =
        new RestoreChecks(plan, backups, Pick.parse(pick), chance, sites(out), environment);
    List<Verdict> verdicts = new ArrayList<>();
    for (RestoreCheck check : checks) {
      runner.run(
          check,
          history,
          record -> {
            verdicts.add(record.verdict());
            print(out, record);
          });
    }
    if (pick.equals("random")) {
      out.println("chosen by --seed " + chance);
    }
    out.println("history: " + history.file());
    return ExitCode.of(Verdict.worst(verdicts));
  }

  private void print(PrintWriter out, RestoreCheckRecord record) {
    out.println(CheckText.of(record));
    if (transcript && !record.transcript().isEmpty()) {
      out.println(record.transcript());
    }
  }

  private Function<DrillPlan, Site> sites(PrintWriter out) {
    EmbeddedSite.sweepLeftovers().forEach(out::println);
    SiteSettings settings = SiteSettings.ofScale(1);
    if (site == Where.containers) {
      Containers containers = new Containers(environment, localImages);
      containers.sweepLeftovers().forEach(out::println);
      return plan -> containers.create(plan, settings);
    }
    Installations installations = Installations.ofThisMachine(environment, out::println);
    return plan -> EmbeddedSite.create(plan, settings, installations);
  }
}
