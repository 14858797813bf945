package dev.drillbook.junit;

import dev.drillbook.history.HistoryFile;
import dev.drillbook.plan.DrillPlan;
import dev.drillbook.report.ConsoleProgress;
import dev.drillbook.report.FailureMessage;
import dev.drillbook.report.Projections;
import dev.drillbook.report.RunCoverage;
import dev.drillbook.report.SummaryTable;
import dev.drillbook.report.allure.AllureReport;
import dev.drillbook.report.allure.AllureResultsFolder;
import dev.drillbook.run.DrillObserver;
import dev.drillbook.run.DrillRecord;
import dev.drillbook.run.RecoveryChange;
import dev.drillbook.run.RunContext;
import dev.drillbook.site.Site;
import dev.drillbook.site.SiteSettings;
import dev.drillbook.site.containers.Containers;
import dev.drillbook.site.embedded.EmbeddedSite;
import dev.drillbook.site.embedded.Installations;
import dev.drillbook.timeline.DrillException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One run of any number of drills: its settings, its plans, and who listens. Closed when the last
 * drill is over, which is when the summary is printed and what is missing from the run fails it.
 */
final class Session implements AutoCloseable, DrillObserver {
  private final DrillSettings settings;
  private final PrintStream out;
  private final Plans plans = new Plans();
  private final List<DrillRecord> records = new ArrayList<>();
  private final Installations installations;
  private final Containers containers;

  private Session(DrillSettings settings, PrintStream out) {
    this.settings = settings;
    this.out = out;
    this.installations = Installations.ofThisMachine(System.getenv(), out::println);
    this.containers = new Containers(System.getenv(), settings.localImages());
  }

  /**
   * Reads the settings, holds every plan against its drills, and removes what runs that were killed
   * have left.
   *
   * @throws dev.drillbook.timeline.DrillException if a setting is wrong, the history cannot be
   *     written, or plans and drills do not fit
   */
  static Session start() {
    DrillSettings settings = DrillSettings.from(System.getProperties());
    Session session = new Session(settings, System.out);
    HistoryFile.requireWritable(settings.history());
    session.plans.holdAllAgainstTheirDrills(Path.of("drills"));
    if (session.onContainers()) {
      session.containers.sweepLeftovers().forEach(session.out::println);
    }
    EmbeddedSite.sweepLeftovers().forEach(session.out::println);
    return session;
  }

  DrillSettings settings() {
    return settings;
  }

  Plans plans() {
    return plans;
  }

  RunContext context() {
    return new RunContext(
        settings.scale(),
        settings.seed(),
        settings.keep(),
        List.of(new ConsoleProgress(out), this),
        FailureMessage::of);
  }

  /** For a drill whose recovery is sabotaged: it goes into no report and no history. */
  RunContext sabotaged(RecoveryChange sabotage) {
    return new RunContext(
        settings.scale(),
        settings.seed(),
        false,
        List.of(),
        FailureMessage::of,
        Optional.of(sabotage));
  }

  /** Prints what came of a drill's sabotages. */
  synchronized void sabotaged(String outcome) {
    out.println(outcome);
    out.flush();
  }

  /** A new site for one drill. */
  Site site(DrillPlan plan) {
    SiteSettings how = new SiteSettings(settings.scale(), settings.seed(), settings.toxiproxy());
    return onContainers()
        ? containers.create(plan, how)
        : EmbeddedSite.create(plan, how, installations);
  }

  private boolean onContainers() {
    return settings.site().equals("containers");
  }

  @Override
  public synchronized void drillEnded(DrillRecord record) {
    records.add(record);
    AllureReport.ofThisRun().publish(record);
    HistoryFile.append(settings.history(), record);
  }

  /**
   * @throws DrillException if the run had to be complete and is not
   */
  @Override
  public synchronized void close() {
    if (!settings.sabotages().isEmpty()) {
      return;
    }
    RunCoverage coverage =
        RunCoverage.of(
            plans.all(),
            settings::selects,
            settings.only().map(selection -> "-Ddrill.only=" + selection),
            records);
    out.println();
    out.println(SummaryTable.of(records));
    out.println(coverage.text());
    if (!records.isEmpty()) {
      out.print(Projections.of(records, HistoryFile.read(settings.history())));
      out.println("history: " + settings.history());
      String results = System.getProperty("allure.results.directory");
      if (results != null) {
        AllureResultsFolder.describe(
            Path.of(results), records, System.getenv(), Path.of("reports", "allure"));
      }
    }
    out.flush();
    if (settings.complete() && !coverage.missing().isEmpty()) {
      throw new DrillException(
          "the run is not complete:\n  - " + String.join("\n  - ", coverage.missing()),
          "is the drill's class named *Drill and enabled, and did its recovery get to the end? what is not to be drilled says why in its plan (notDrilled)");
    }
  }
}
