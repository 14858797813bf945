package dev.drillbook.junit;

import dev.drillbook.catalogue.Pick;
import dev.drillbook.demo.DemoBackups;
import dev.drillbook.demo.Form;
import dev.drillbook.plan.DrillPlan;
import dev.drillbook.plan.PlanLoader;
import dev.drillbook.plan.RestoreCheck;
import dev.drillbook.report.allure.AllureReport;
import dev.drillbook.report.allure.AllureResultsFolder;
import dev.drillbook.restorecheck.CheckHistory;
import dev.drillbook.restorecheck.CheckText;
import dev.drillbook.restorecheck.RestoreCheckRecord;
import dev.drillbook.restorecheck.RestoreChecks;
import dev.drillbook.site.Site;
import dev.drillbook.site.SiteSettings;
import dev.drillbook.site.containers.Containers;
import dev.drillbook.site.embedded.EmbeddedSite;
import dev.drillbook.site.embedded.Installations;
import dev.drillbook.timeline.DrillException;
import dev.drillbook.timeline.Verdict;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * The nightly restore check as a test: one for each policy that a plan below {@code drills/} has a
 * restore check for. To have it, extend it by an empty class whose name ends in {@code
 * RestoreCheck}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class RestoreChecksOfPlans {
  private static final PrintStream OUT = System.out;

  private final List<RestoreCheckRecord> records = new ArrayList<>();

  /** What Allure wants to know of all of them. */
  @AfterAll
  void describe() {
    String results = System.getProperty("allure.results.directory");
    if (results != null) {
      AllureResultsFolder.describeChecks(
          Path.of(results), records, System.getenv(), Path.of("reports", "allure-nightly"));
    }
  }

  /** A test for each policy. */
  @TestFactory
  Stream<DynamicTest> everyPolicysBackupsCanBeRestored() {
    DrillSettings settings = DrillSettings.from(System.getProperties());
    CheckHistory history =
        new CheckHistory(settings.history().resolveSibling("restore-checks.jsonl"));
    history.requireWritable();
    Function<DrillPlan, Site> sites = sites(settings);
    if (settings.backups().isEmpty()) {
      DemoBackups demo = demo(settings);
      OUT.println("no -Ddrill.backups: these are of a shop that is made up, see " + demo.target());
      DrillPlan plan = PlanLoader.load(demo.plan(Form.DUMP));
      return tests(plan, demo.good(Form.DUMP).toString(), settings, history, sites);
    }
    List<DrillPlan> plans =
        plans().stream().filter(plan -> !plan.restoreChecks().isEmpty()).toList();
    if (plans.isEmpty()) {
      throw new DrillException(
          "no plan in drills/ says how backups are checked",
          "add restoreChecks to one: see docs/nightly.md");
    }
    return plans.stream()
        .flatMap(plan -> tests(plan, settings.backups().get(), settings, history, sites));
  }

  private Stream<DynamicTest> tests(
      DrillPlan plan,
      String backups,
      DrillSettings settings,
      CheckHistory history,
      Function<DrillPlan, Site> sites) {
    RestoreChecks runner =
        new RestoreChecks(
            plan, backups, Pick.parse(settings.pick()), settings.seed(), sites, System.getenv());
    return plan.restoreChecks().values().stream()
        .filter(check -> settings.selects(plan.system(), check.policy()))
        .map(
            check ->
                DynamicTest.dynamicTest(
                    plan.system() + "/" + check.policy(), () -> run(runner, check, history)));
  }

  private void run(RestoreChecks runner, RestoreCheck check, CheckHistory history) {
    List<RestoreCheckRecord> checked =
        runner.run(
            check,
            history,
            record -> {
              OUT.println(CheckText.of(record));
              records.add(record);
              AllureReport.ofThisRun().publish(record);
            });
    List<RestoreCheckRecord> bad =
        checked.stream().filter(record -> record.verdict() != Verdict.PASS).toList();
    if (!bad.isEmpty()) {
      throw new AssertionError(String.join("\n", bad.stream().map(CheckText::of).toList()));
    }
  }

  /** A new one each time: its newest backup is to be of last night. */
  private static DemoBackups demo(DrillSettings settings) {
    Path target = Path.of("target", "demo-backups");
    if (Files.exists(target)) {
      try (Stream<Path> earlier = Files.walk(target)) {
        for (Path file : earlier.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return DemoBackups.make(
        target,
        Instant.now(),
        settings.seed(),
        Installations.ofThisMachine(System.getenv(), OUT::println),
        OUT::println);
  }

  private static Function<DrillPlan, Site> sites(DrillSettings settings) {
    SiteSettings how = new SiteSettings(1, settings.seed(), settings.toxiproxy());
    EmbeddedSite.sweepLeftovers().forEach(OUT::println);
    if (settings.site().equals("containers")) {
      Containers containers = new Containers(System.getenv(), settings.localImages());
      containers.sweepLeftovers().forEach(OUT::println);
      return plan -> containers.create(plan, how);
    }
    Installations installations = Installations.ofThisMachine(System.getenv(), OUT::println);
    return plan -> EmbeddedSite.create(plan, how, installations);
  }

  private static List<DrillPlan> plans() {
    try (Stream<Path> systems = Files.list(Path.of("drills"))) {
      return systems
          .map(system -> system.resolve("plan.yaml"))
          .filter(Files::isRegularFile)
          .sorted()
          .map(PlanLoader::load)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
