package dhakacart;

import static dev.drillbook.fault.Act.act;
import static dev.drillbook.verification.ForeignKeys.foreignKeys;
import static dev.drillbook.verification.Health.health;
import static dev.drillbook.verification.RowCounts.rowCounts;
import static dev.drillbook.verification.ServesWrites.servesWrites;
import static dhakacart.Orders.orders;

import dev.drillbook.fault.Bite;
import dev.drillbook.fault.Fault;
import dev.drillbook.junit.Drill;
import dev.drillbook.run.DrillRun;
import dev.drillbook.site.Action;
import dev.drillbook.site.App;
import dev.drillbook.site.Condition;
import dev.drillbook.timeline.DrillException;
import dev.drillbook.workload.LoadProfile;
import dev.drillbook.workload.ProbeProfile;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

@Drill(plan = "dhakacart", scenario = "pod-failures")
class PodFailuresDrill {
  private static final Duration CRASHES_WITHIN = Duration.ofSeconds(10);

  /** Lighter than the standard ones: an order goes through two of four JVMs on one machine. */
  private static final LoadProfile LOAD = new LoadProfile(20, 100, Duration.ofSeconds(2));

  private static final ProbeProfile PROBE =
      new ProbeProfile(Duration.ofMillis(50), Duration.ofSeconds(1), 10, 3);

  @Test
  void theReleaseBeforeServesAgainAndNoOrderIsLost(DrillRun drill) {
    var db = drill.postgres("db");
    var registry = drill.redis("registry");
    var gateway = drill.app("gateway");
    var instances = List.of(drill.app("shop-1"), drill.app("shop-2"), drill.app("shop-3"));

    drill
        .workload(orders(gateway, db), LOAD)
        .probe(PROBE)
        .disaster(badRelease(registry.script("deploy-release.sh", "2.0.0"), instances))
        .recover("check-pod-status", gateway.script("instance-status.sh"))
        .recover("check-logs", () -> findTheReason(instances))
        .recover("try-quick-fixes", () -> restart(instances))
        .recover(
            "roll-back-deployment",
            registry.script("roll-back-release.sh"),
            instances.get(0)::start,
            instances.get(1)::start,
            instances.get(2)::start)
        .verify(
            rowCounts(),
            foreignKeys(),
            health(instances.get(0)),
            health(instances.get(1)),
            health(instances.get(2)),
            health(gateway),
            servesWrites())
        .meetsItsObjectives();
  }

  /** Rolled out everywhere at once, with no instance of the release before left. */
  private static Fault badRelease(Action deploy, List<App> instances) {
    return act(
        "a bad release is rolled out",
        () -> {
          deploy.perform();
          restart(instances);
        },
        () -> {
          long down = instances.stream().filter(PodFailuresDrill::isDown).count();
          return new Bite(down == instances.size(), down + " of the instances are down");
        });
  }

  /** Stops and starts each, and waits until all of them have crashed. */
  private static void restart(List<App> instances) throws InterruptedException {
    for (App instance : instances) {
      instance.stop();
      try {
        instance.start();
      } catch (DrillException crashedAtOnce) {
        // So it may: a bad release dies before it answers, or after.
      }
    }
    long deadline = System.nanoTime() + CRASHES_WITHIN.toNanos();
    while (System.nanoTime() < deadline && !instances.stream().allMatch(PodFailuresDrill::isDown)) {
      Thread.sleep(20);
    }
  }

  private static boolean isDown(App instance) {
    return instance.condition() == Condition.DOWN;
  }

  private static void findTheReason(List<App> instances) {
    for (App instance : instances) {
      if (instance.logTail(20).stream().noneMatch(line -> line.contains("PRICE_FEED_URL"))) {
        throw new DrillException(
            "the log of " + instance.name() + " does not tell why it ended",
            "read all of it: " + instance.logTail(20));
      }
    }
  }
}
