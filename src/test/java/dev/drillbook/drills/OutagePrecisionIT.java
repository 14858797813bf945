package dev.drillbook.drills;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drillbook.plan.PlanLoader;
import dev.drillbook.site.Postgres;
import dev.drillbook.site.Site;
import dev.drillbook.site.embedded.EmbeddedSite;
import dev.drillbook.site.embedded.Installations;
import dev.drillbook.timeline.DrillClock;
import dev.drillbook.timeline.Tick;
import dev.drillbook.workload.Clients;
import dev.drillbook.workload.LoadProfile;
import dev.drillbook.workload.ProbeLog;
import dev.drillbook.workload.ProbeProfile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A measured outage is as long as the true one. A database is frozen and thawed at instants that
 * the test knows, and the probe's measurement of the outage is held against them.
 *
 * <p>The tolerance is one probe interval and 5 ms, for the median of seven outages: a shared
 * machine may take the processor away from any single one of them. A round that somebody else's
 * load has spoilt is measured again, three times at most; a meter that is off misses every time,
 * since load only adds to the error.
 */
@Tag("alone")
class OutagePrecisionIT {
  private static final Duration INTERVAL = Duration.ofMillis(10);
  private static final Duration TOLERANCE = INTERVAL.plusMillis(5);
  private static final int OUTAGES = 7;
  private static final int ROUNDS = 4;

  @Test
  void theMeasuredOutageIsWithinOneIntervalAndFiveMillisecondsOfTheTrueOne() throws Exception {
    List<Duration> medians = new ArrayList<>();
    try (Site site =
        EmbeddedSite.create(
            PlanLoader.load(Path.of("drills", "dhakacart", "plan.yaml")),
            1,
            Installations.ofThisMachine(System.getenv(), said -> {}))) {
      Postgres db = site.postgres("db");
      db.provision();
      measureOne(db, "warm-up");
      while (medians.size() < ROUNDS && medians.stream().noneMatch(OutagePrecisionIT::isPrecise)) {
        medians.add(medianError(db, "round" + medians.size()));
      }
    }
    assertThat(medians)
        .as("median errors of %d outages each", OUTAGES)
        .anyMatch(OutagePrecisionIT::isPrecise);
  }

  private static boolean isPrecise(Duration error) {
    return error.compareTo(TOLERANCE) <= 0;
  }

  private static Duration medianError(Postgres db, String round) throws Exception {
    List<Long> errorsNanos = new ArrayList<>();
    for (int i = 0; i < OUTAGES; i++) {
      errorsNanos.add(measureOne(db, round + "-" + i));
    }
    System.out.println(
        "errors of measured outages, ms: " + errorsNanos.stream().map(n -> n / 1e6).toList());
    return Duration.ofNanos(errorsNanos.stream().sorted().toList().get(OUTAGES / 2));
  }

  /**
   * How much later than the thaw the outage was seen to end, in nanoseconds; {@code since} fails if
   * it was seen to end before. The outage begins for both with the fault's tick, so this is the
   * whole difference between the measured outage and the true one.
   */
  private static long measureOne(Postgres db, String run) throws Exception {
    DrillClock clock = DrillClock.start();
    ProbeProfile profile = new ProbeProfile(INTERVAL, Duration.ofMillis(100), 20, 3);
    try (SqlWorkload workload = new SqlWorkload(db, run, 80);
        Freezer freezer = new Freezer();
        Clients clients =
            new Clients(clock, workload, new LoadProfile(1, 5, Duration.ofSeconds(2)), profile)) {
      clients.start();
      await().until(() -> clients.probes().results().size() > 30);

      Tick fault = clock.now();
      freezer.freeze();
      await()
          .pollDelay(Duration.ofMillis(ThreadLocalRandom.current().nextInt(200, 400)))
          .until(() -> true);
      Tick thawing = clock.now();
      freezer.thaw();

      ProbeLog.Stable stable =
          await()
              .until(
                  () -> clients.probes().stableSinceLastFailure(fault, profile.stableAfter()),
                  java.util.Optional::isPresent)
              .orElseThrow();
      return stable.firstOk().since(thawing).toNanos();
    }
  }
}
