package dev.drillbook.fault;

import static dev.drillbook.fault.BlackHole.blackHole;
import static dev.drillbook.fault.CrashLoop.crashLoop;
import static dev.drillbook.fault.Cut.cut;
import static dev.drillbook.fault.Flap.flap;
import static dev.drillbook.fault.LimitData.limitData;
import static dev.drillbook.fault.NarrowNetwork.bandwidth;
import static dev.drillbook.fault.Pause.pause;
import static dev.drillbook.fault.ResetConnections.resetConnections;
import static dev.drillbook.fault.SkewClock.skewClock;
import static dev.drillbook.fault.SlowClose.slowClose;
import static dev.drillbook.fault.SlowNetwork.latency;
import static dev.drillbook.fault.Starve.starveOfFiles;
import static dev.drillbook.fault.Starve.starveOfMemory;
import static dev.drillbook.fault.Stop.stop;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.drillbook.site.Condition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Faults of processes and of the network before them, as a client of a real server sees them. */
class ProcessAndNetworkFaultsIT {
  private static final Duration SHORT = Duration.ofMillis(200);
  @TempDir static Path folder;
  private static FaultSite site;
  private final Deque<ActiveFault> injected = new ArrayDeque<>();

  @BeforeAll
  static void bringUp() throws IOException {
    site = new FaultSite(folder);
  }

  @BeforeEach
  void reset() {
    site.reset();
  }

  @AfterEach
  void heal() {
    injected.forEach(ActiveFault::close);
  }

  @AfterAll
  static void takeDown() {
    site.close();
  }

  private ActiveFault inject(Fault fault) {
    ActiveFault active = fault.inject(site.scene());
    injected.push(active);
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

  /** Not from when its process is there: a long recovery is no life. */
  @Test
  void aCrashLoopLetsLiveFromWhenConnectionsAreTaken() throws Exception {
    inject(crashLoop(site.db(), Duration.ofMillis(700)));
    site.db().start();
    long up = System.nanoTime();
    await().until(() -> site.db().condition() == Condition.DOWN);
    assertThat(Duration.ofNanos(System.nanoTime() - up)).isGreaterThan(Duration.ofMillis(300));
  }

  @Test
  void aServerWithoutFilesToOpenTakesNoMoreClients() throws SQLException {
    ActiveFault active = inject(starveOfFiles(site.db(), 6));
    assertThatThrownBy(site.db()::connect).isInstanceOf(SQLException.class);
    active.close();
    assertThat(site.number("select count(*) from orders")).isEqualTo(FaultSite.ORDERS);
  }

  @Test
  void whatIsStartedDuringAShortageIsFreeOnceItIsHealed() throws Exception {
    ActiveFault active = inject(starveOfFiles(site.db(), 100));
    try (Connection during = site.db().connect();
        Statement statement = during.createStatement();
        ResultSet row = statement.executeQuery("select pg_backend_pid()")) {
      row.next();
      Path limits = Path.of("/proc", row.getString(1), "limits");
      String files = "Max open files +";
      assertThat(Files.readString(limits)).containsPattern(files + "100 ");
      assertThat(active.bite().bit()).isTrue();
      assertThatThrownBy(() -> starveOfFiles(site.db(), 50).inject(site.scene()))
          .hasMessageContaining("db is short of nofile already");
      active.close();
      assertThat(Files.readString(limits)).doesNotContainPattern(files + "100 ");
    }
    assertThat(active.bite().bit()).isFalse();
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
  void aWrongClockIsTheServersAlone() throws Exception {
    if (Stream.of(Path.of("/usr/lib"), Path.of("/usr/lib64")).noneMatch(this::hasFaketime)) {
      assertThatThrownBy(() -> skewClock(site.db(), Duration.ofHours(2)).inject(site.scene()))
          .hasMessageContaining("there is no libfaketime");
      assertThat(aheadOfUs()).isLessThan(Duration.ofMinutes(1));
      return;
    }
    ActiveFault active = inject(skewClock(site.db(), Duration.ofHours(2)));
    assertThat(aheadOfUs()).isBetween(Duration.ofMinutes(119), Duration.ofMinutes(121));
    assertThatThrownBy(() -> skewClock(site.db(), Duration.ofHours(2)).inject(site.scene()))
        .hasMessageContaining("db has another clock already");
    site.db().kill();
    assertThat(active.bite().bit()).isFalse();
    site.db().start();
    assertThat(aheadOfUs()).isGreaterThan(Duration.ofMinutes(119));
    active.close();
    assertThat(aheadOfUs()).isLessThan(Duration.ofMinutes(1));
    assertThat(Path.of("/dev/shm").toFile().list()).noneMatch(name -> name.contains("faketime"));
    ActiveFault late = inject(skewClock(site.db(), Duration.ofHours(-2)));
    assertThat(aheadOfUs()).isLessThan(Duration.ofMinutes(-119));
    late.close();
    isServedOnceHealed(late);
  }

  private boolean hasFaketime(Path folder) {
    try (Stream<Path> files =
        Files.find(folder, 3, (file, attributes) -> file.endsWith("libfaketimeMT.so.1"))) {
      return files.findAny().isPresent();
    } catch (IOException none) {
      return false;
    }
  }

  private Duration aheadOfUs() throws SQLException {
    return Duration.ofMillis(
        site.number("select (extract(epoch from clock_timestamp()) * 1000)::int8")
            - System.currentTimeMillis());
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
  void twoCutsAreOverWhenBothAreHealed() throws SQLException {
    ActiveFault flapping = inject(flap(site.db(), Duration.ZERO, Duration.ofMillis(5)));
    ActiveFault cut = inject(cut(site.db()));
    await().until(() -> flapping.bite().evidence().matches("db was cut off \\d\\d+ times so far"));
    for (int look = 0; look < 100; look++) {
      assertThat(NetworkFault.refuses(site.db()).bit()).isTrue();
    }
    flapping.close();
    assertThat(NetworkFault.refuses(site.db()).bit()).isTrue();
    isServedOnceHealed(cut);
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
