package dev.drillbook.fault;

import static dev.drillbook.fault.BlackHole.blackHole;
import static dev.drillbook.fault.CrashLoop.crashLoop;
import static dev.drillbook.fault.Cut.cut;
import static dev.drillbook.fault.Flap.flap;
import static dev.drillbook.fault.LimitData.limitData;
import static dev.drillbook.fault.NarrowNetwork.bandwidth;
import static dev.drillbook.fault.Pause.pause;
import static dev.drillbook.fault.ResetConnections.resetConnections;
import static dev.drillbook.fault.SlowClose.slowClose;
import static dev.drillbook.fault.SlowNetwork.latency;
import static dev.drillbook.fault.Starve.starveOfFiles;
import static dev.drillbook.fault.Starve.starveOfMemory;
import static dev.drillbook.fault.Stop.stop;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.drillbook.site.Condition;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Faults of processes and of the network before them, as a client of a real server sees them. */
class ProcessAndNetworkFaultsIT {
  private static final Duration SHORT = Duration.ofMillis(200);
  private FaultSite site;

  @BeforeEach
  void bringUp(@TempDir Path folder) throws Exception {
    site = new FaultSite(folder);
  }

  @AfterEach
  void takeDown() {
    site.close();
  }

  private ActiveFault inject(Fault fault) {
    ActiveFault active = fault.inject(site.scene());
    assertThat(active.bite().bit()).as(active.bite().evidence()).isTrue();
    return active;
  }

  private void isServedOnceHealed(ActiveFault active) throws SQLException {
    active.close();
    await().ignoreExceptions().until(() -> site.asAClient() != null);
  }

  @Test
  void aPausedServerAnswersNobodyAndAHealedOneDoes() throws SQLException {
    try (Connection client = site.client()) {
      ActiveFault active = inject(pause(site.db()));
      assertThat(client.isValid(1)).isFalse();
      isServedOnceHealed(active);
    }
  }

  @Test
  void aStoppedServerIsDown() {
    inject(stop(site.db()));
    assertThatThrownBy(() -> site.db().connect()).isInstanceOf(SQLException.class);
  }

  @Test
  void aCrashLoopKillsWhatIsStartedUntilItIsHealed() throws Exception {
    ActiveFault active = inject(crashLoop(site.db(), Duration.ZERO));
    for (int i = 0; i < 2; i++) {
      try {
        site.db().start();
      } catch (RuntimeException killedAtStart) {
        assertThat(killedAtStart).hasMessageContaining("did not come up");
      }
      await().until(() -> site.db().condition() == Condition.DOWN);
    }
    assertThat(active.bite().evidence()).matches("db was killed [23] times so far");
    active.close();
    site.db().start();
    isServedOnceHealed(active);
    assertThat(site.db().condition()).isEqualTo(Condition.RUNNING);
  }

  @Test
  void aServerWithoutFilesToOpenTakesNoMoreClients() throws SQLException {
    ActiveFault active = inject(starveOfFiles(site.db(), 6));
    assertThatThrownBy(site.db()::connect).isInstanceOf(SQLException.class);
    active.close();
    assertThat(site.number("select count(*) from orders")).isEqualTo(FaultSite.ORDERS);
  }

  @Test
  void aServerWithoutMemoryCannotWorkUntilItIsHealed() throws SQLException {
    ActiveFault active = inject(starveOfMemory(site.db(), 1 << 20));
    assertThatThrownBy(() -> site.number("select count(*) from orders"))
        .isInstanceOf(SQLException.class);
    active.close();
    assertThat(site.number("select count(*) from orders")).isEqualTo(FaultSite.ORDERS);
  }

  @Test
  void aCutNetworkEndsConnectionsAndTakesNoneWhileTheServerIsFine() throws SQLException {
    try (Connection client = site.client()) {
      ActiveFault active = inject(cut(site.db()));
      assertThat(client.isValid(1)).isFalse();
      assertThatThrownBy(site::asAClient).hasMessageContaining("refused");
      assertThat(site.number("select 1")).isEqualTo(1);
      isServedOnceHealed(active);
    }
  }

  @Test
  void aFlappingNetworkComesAndGoes() throws SQLException {
    ActiveFault active = inject(flap(site.db(), SHORT, SHORT));
    await().ignoreExceptions().until(() -> site.asAClient() != null);
    await().until(() -> NetworkFault.refuses(site.db()).bit());
    await().until(() -> active.bite().evidence().matches("db was cut off [3-9] times so far"));
    isServedOnceHealed(active);
  }

  @Test
  void latencyMakesEveryAnswerLate() throws SQLException {
    Duration before = site.asAClient();
    ActiveFault active = inject(latency(site.db(), Duration.ofMillis(300), Duration.ZERO));
    assertThat(site.asAClient())
        .isGreaterThanOrEqualTo(Duration.ofMillis(300))
        .isGreaterThan(before);
    isServedOnceHealed(active);
    assertThat(active.bite().bit()).isFalse();
  }

  @Test
  void bandwidthMakesLongAnswersSlow() throws SQLException {
    ActiveFault active = inject(bandwidth(site.db(), 100));
    try (Connection client = site.client()) {
      assertThat(timeOf(client, "select repeat('x', 50000)")).isGreaterThan(Duration.ofMillis(300));
    }
    isServedOnceHealed(active);
  }

  @Test
  void connectionsAreReset() throws SQLException {
    ActiveFault active = inject(resetConnections(site.db(), Duration.ZERO));
    assertThatThrownBy(site::asAClient).isInstanceOf(SQLException.class);
    isServedOnceHealed(active);
  }

  @Test
  void aLimitEndsAConnectionInTheMiddle() throws SQLException {
    try (Connection client = site.client()) {
      ActiveFault active = inject(limitData(site.db(), 2_000));
      assertThatThrownBy(() -> timeOf(client, "select repeat('x', 50000)"))
          .isInstanceOf(SQLException.class);
      isServedOnceHealed(active);
    }
  }

  @Test
  void aBlackHoleTakesConnectionsAndAnswersNothing() throws SQLException {
    ActiveFault active = inject(blackHole(site.db()));
    assertThat(NetworkFault.refuses(site.db()).bit()).isFalse();
    assertThatThrownBy(site::asAClient).isInstanceOf(SQLException.class);
    isServedOnceHealed(active);
  }

  @Test
  void aSlowCloseIsInForceUntilItIsHealed() throws SQLException {
    isServedOnceHealed(inject(slowClose(site.db(), SHORT)));
  }

  private static Duration timeOf(Connection client, String query) throws SQLException {
    long before = System.nanoTime();
    try (Statement statement = client.createStatement()) {
      statement.executeQuery(query).close();
    }
    return Duration.ofNanos(System.nanoTime() - before);
  }
}
