package dev.drillbook.benchmark;

import static dev.drillbook.fault.DestroyData.destroyData;
import static dev.drillbook.fault.Kill.kill;
import static dev.drillbook.verification.Fingerprints.fingerprints;
import static dev.drillbook.verification.ForeignKeys.foreignKeys;
import static dev.drillbook.verification.Health.health;
import static dev.drillbook.verification.RowCounts.rowCounts;
import static dev.drillbook.verification.SchemaObjects.schemaObjects;
import static dev.drillbook.verification.Sequences.sequences;
import static dev.drillbook.verification.ServesWrites.servesWrites;
import static dhakacart.Orders.orders;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drillbook.plan.DrillPlan;
import dev.drillbook.plan.PlanLoader;
import dev.drillbook.run.DrillRecord;
import dev.drillbook.run.DrillRun;
import dev.drillbook.run.RunContext;
import dev.drillbook.site.Site;
import dev.drillbook.site.embedded.EmbeddedSite;
import dev.drillbook.site.embedded.Installations;
import dev.drillbook.site.embedded.PostgresInstallation;
import dev.drillbook.timeline.Verdict;
import dev.drillbook.workload.ProbeProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/**
 * How much longer a drill takes than the same commands by hand. The two run in turn, so that a
 * machine that slows down slows both down; the drill's declared windows (clients writing before and
 * after the backup, and the stable probes) are subtracted, since they are what it is for.
 */
class OverheadBenchmark {
  private static final int PAIRS = 7;
  private static final Duration STEADY = Duration.ofSeconds(1);
  private static final Duration EXPOSED = Duration.ofSeconds(1);

  @Test
  void drillAgainstTheSameCommandsByHand() throws Exception {
    Installations programs = Installations.ofThisMachine(System.getenv(), said -> {});
    DrillPlan plan = PlanLoader.load(Path.of("drills", "dhakacart", "plan.yaml"));
    ProbeProfile probe = ProbeProfile.standard();
    Duration stable = probe.interval().multipliedBy(probe.stableAfter());
    Duration windows = STEADY.plus(EXPOSED).plus(stable);
    List<Double> hands = new ArrayList<>();
    List<Double> drills = new ArrayList<>();
    List<Double> ratios = new ArrayList<>();
    for (int pair = 0; pair <= PAIRS; pair++) {
      double hand = byHandSeconds((PostgresInstallation) programs.postgres("db"));
      double drill = drillSeconds(plan, programs) - windows.toMillis() / 1e3;
      if (pair > 0) { // The first pair warms files and this JVM up.
        hands.add(hand);
        drills.add(drill);
        ratios.add(drill / hand);
      }
    }
    System.out.printf(
        Locale.ROOT,
        "by hand %.2f s, drill without its windows of %.1f s %.2f s, ratio %.2f (medians of %d pairs; ratios %s)%n",
        median(hands),
        windows.toMillis() / 1e3,
        median(drills),
        median(ratios),
        PAIRS,
        ratios.stream().map(ratio -> String.format(Locale.ROOT, "%.2f", ratio)).toList());
  }

  private static double drillSeconds(DrillPlan plan, Installations programs) {
    long started = System.nanoTime();
    try (Site site = EmbeddedSite.create(plan, 1, programs)) {
      DrillRun drill =
          new DrillRun(
              plan,
              plan.scenario("complete-database-loss").orElseThrow(),
              site,
              new RunContext(1, 1, false, List.of(), DrillRecord::name));
      var db = drill.postgres("db");
      var shop = drill.app("shop");
      DrillRecord record =
          drill
              .windows(STEADY, EXPOSED)
              .workload(orders(shop, db))
              .backup("postgres-dump")
              .disaster(kill(db), destroyData(db))
              .recover("stop-application", shop::stop)
              .recover("identify-latest-backup", db.script("latest-backup.sh"))
              .recover("restore-database", db::provision, db.script("restore-postgres.sh"))
              .recover("verify-data-integrity", db.script("verify-data.sh"))
              .recover("restart-application", shop::start)
              .recover("test-application", shop.script("test-application.sh"))
              .verify(
                  rowCounts(),
                  fingerprints(),
                  schemaObjects(),
                  foreignKeys(),
                  sequences(),
                  health(shop),
                  servesWrites())
              .run();
      assertThat(record.verdict()).as("%s", record.findings()).isEqualTo(Verdict.PASS);
    }
    return (System.nanoTime() - started) / 1e9;
  }

  private static double byHandSeconds(PostgresInstallation postgres)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                "src/test/benchmark/by-hand.sh",
                postgres.program("initdb").getParent().toString(),
                System.getProperty("java.class.path")));
    if ((Integer) Files.getAttribute(Path.of("."), "unix:uid") == 0) {
      command.addAll(List.of("unshare", "--user", "--ipc", "--"));
    }
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(Path.of("target", "by-hand.log").toFile());
    postgres.applyTo(builder.environment());
    long started = System.nanoTime();
    int exit = builder.start().waitFor();
    assertThat(exit).as("see target/by-hand.log").isZero();
    return (System.nanoTime() - started) / 1e9;
  }

  private static double median(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).sorted().toArray()[values.size() / 2];
  }
}
