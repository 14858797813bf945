package dev.drillbook.junit;

import dev.drillbook.plan.DrillPlan;
import dev.drillbook.run.DrillObserver;
import dev.drillbook.site.Site;
import dev.drillbook.site.embedded.EmbeddedSite;
import dev.drillbook.site.embedded.PostgresInstallation;
import dev.drillbook.site.embedded.PostgresInstallations;
import java.util.List;

/**
 * One run of any number of drills: its settings, its plans, and who listens. Closed when the last
 * drill is over.
 */
final class Session implements AutoCloseable {
  private final DrillSettings settings;
  private final Plans plans = new Plans();
  private PostgresInstallation postgres;

  private Session(DrillSettings settings) {
    this.settings = settings;
  }

  static Session start() {
    DrillSettings settings = DrillSettings.from(System.getProperties());
    EmbeddedSite.sweepLeftovers().forEach(System.out::println);
    return new Session(settings);
  }

  DrillSettings settings() {
    return settings;
  }

  Plans plans() {
    return plans;
  }

  List<DrillObserver> observers() {
    return List.of(
        new DrillObserver() {
          @Override
          public void happened(
              dev.drillbook.timeline.DrillClock clock, dev.drillbook.timeline.Event event) {
            System.out.println(event);
          }

          @Override
          public void drillEnded(dev.drillbook.run.DrillRecord record) {
            java.util.TreeMap<Long, long[]> m = new java.util.TreeMap<>();
            for (var p : record.probes()) {
              long[] a = m.computeIfAbsent(p.due().nanos() / 100_000_000, k -> new long[3]);
              a[p.ok() ? 0 : 1]++;
              a[2] = Math.max(a[2], p.answered().since(p.due()).toMillis());
            }
            m.forEach(
                (k, a) ->
                    System.out.println(
                        "P " + k + " ok " + a[0] + " fail " + a[1] + " max " + a[2]));
            record.probes().stream().filter(p -> !p.ok()).limit(3).forEach(System.out::println);
            System.out.println(
                record.verdict()
                    + " "
                    + record.outage()
                    + " "
                    + record.loss()
                    + " "
                    + record.ledger()
                    + " "
                    + record.checks());
          }
        });
  }

  synchronized Site site(DrillPlan plan) {
    if (postgres == null) {
      postgres = PostgresInstallations.ofThisMachine(System.getenv()).locate();
    }
    return EmbeddedSite.create(plan, settings.scale(), postgres);
  }

  @Override
  public void close() {}
}
