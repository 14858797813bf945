package dev.drillbook.proxy;

import static eu.rekawek.toxiproxy.model.ToxicDirection.DOWNSTREAM;
import static eu.rekawek.toxiproxy.model.ToxicDirection.UPSTREAM;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.drillbook.proxy.Rig.Wire;
import eu.rekawek.toxiproxy.model.Toxic;
import eu.rekawek.toxiproxy.model.ToxicDirection;
import eu.rekawek.toxiproxy.model.ToxicList;
import eu.rekawek.toxiproxy.model.toxic.Latency;
import eu.rekawek.toxiproxy.model.toxic.LimitData;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every toxic in both directions, on connections that were there before it and after. */
class ToxicsTest {
  private Rig rig;
  private ToxicList toxics;

  @BeforeEach
  void start() throws Exception {
    rig = new Rig();
    toxics = rig.proxy().toxics();
  }

  @AfterEach
  void stop() throws Exception {
    rig.close();
  }

  @ParameterizedTest
  @EnumSource(ToxicDirection.class)
  void latencyDelaysItsDirectionOnly(ToxicDirection stream) throws Exception {
    Wire wire = rig.open();
    Latency latency = toxics.latency("slow", stream, 150);
    assertThat(millisToPass(wire, stream)).isGreaterThanOrEqualTo(150);
    latency.setLatency(60_000);
    assertThat(millisToPass(wire, opposite(stream))).isLessThan(20_000);
  }

  @Test
  void latencyCountsFromWhenDataCameAndCostsNoThroughput() throws Exception {
    toxics.slicer("one chunk a byte", DOWNSTREAM, 1, 0);
    toxics.latency("slow", DOWNSTREAM, 200);
    Wire wire = rig.open();
    byte[] bytes = random(100);
    long started = System.nanoTime();
    wire.send(DOWNSTREAM, bytes);
    assertThat(wire.receive(DOWNSTREAM, bytes.length)).isEqualTo(bytes);
    assertThat(millisSince(started)).isBetween(200L, 10_000L);
  }

  @Test
  void latenciesAddUp() throws Exception {
    toxics.latency("one", DOWNSTREAM, 100);
    toxics.latency("two", DOWNSTREAM, 100);
    assertThat(millisToPass(rig.open(), DOWNSTREAM)).isGreaterThanOrEqualTo(200);
  }

  @Test
  void jitterStaysWithinItsBoundsAndVaries() throws Exception {
    toxics.latency("slow", UPSTREAM, 100).setJitter(90);
    Wire wire = rig.open();
    List<Long> millis = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      millis.add(millisToPass(wire, UPSTREAM));
    }
    assertThat(millis).allMatch(taken -> taken >= 10);
    assertThat(millis).anyMatch(taken -> taken < 100).anyMatch(taken -> taken > 100);
  }

  @ParameterizedTest
  @EnumSource(ToxicDirection.class)
  void bandwidthHoldsTheRate(ToxicDirection stream) throws Exception {
    toxics.bandwidth("narrow", stream, 200);
    Wire wire = rig.open();
    byte[] bytes = random(60_000);
    long started = System.nanoTime();
    wire.send(stream, bytes);
    assertThat(wire.receive(stream, bytes.length)).isEqualTo(bytes);
    assertThat(millisSince(started)).isBetween(295L, 5_000L);
  }

  @Test
  void noBandwidthPassesNothingUntilTheToxicIsRemoved() throws Exception {
    Toxic none = toxics.bandwidth("none", DOWNSTREAM, 0);
    Wire wire = rig.open();
    wire.send(DOWNSTREAM, new byte[] {1, 2, 3});
    nothingComes(wire, DOWNSTREAM);
    none.remove();
    assertThat(wire.receive(DOWNSTREAM, 3)).containsExactly(1, 2, 3);
  }

  @ParameterizedTest
  @EnumSource(ToxicDirection.class)
  void slowCloseDelaysTheEndAndNoData(ToxicDirection stream) throws Exception {
    toxics.slowClose("lingering", stream, 200);
    Wire wire = rig.open();
    wire.send(stream, new byte[] {1});
    long started = System.nanoTime();
    wire.sender(stream).shutdownOutput();
    assertThat(wire.read(stream)).isEqualTo(1);
    assertThat(wire.read(stream)).isEqualTo(-1);
    assertThat(millisSince(started)).isGreaterThanOrEqualTo(200);
  }

  @ParameterizedTest
  @EnumSource(ToxicDirection.class)
  void timeoutLosesDataAndThenCuts(ToxicDirection stream) throws Exception {
    toxics.timeout("lost", stream, 150);
    long started = System.nanoTime();
    Wire wire = rig.open();
    wire.send(stream, new byte[] {1});
    assertThat(wire.read(stream)).isEqualTo(-1);
    assertThat(millisSince(started)).isGreaterThanOrEqualTo(150);
    assertThat(wire.read(opposite(stream))).isEqualTo(-1);
  }

  @ParameterizedTest
  @EnumSource(ToxicDirection.class)
  void timeoutOfZeroHoldsTheConnectionUntilItIsRemoved(ToxicDirection stream) throws Exception {
    Wire wire = rig.open();
    Toxic hole = toxics.timeout("hole", stream, 0);
    wire.send(stream, new byte[] {1});
    nothingComes(wire, stream);
    wire.send(opposite(stream), new byte[] {2});
    assertThat(wire.read(opposite(stream))).isEqualTo(2);
    hole.remove();
    assertThat(wire.read(stream)).isEqualTo(-1);
  }

  @ParameterizedTest
  @EnumSource(ToxicDirection.class)
  void resetPeerResetsBothSidesOnceDataComes(ToxicDirection stream) throws Exception {
    Wire live = rig.open();
    toxics.resetPeer("broken", stream, 100);
    for (Wire wire : List.of(live, rig.open())) {
      long started = System.nanoTime();
      wire.send(stream, new byte[] {1});
      assertThatThrownBy(() -> wire.read(stream)).isInstanceOf(SocketException.class);
      assertThatThrownBy(() -> wire.read(opposite(stream))).isInstanceOf(SocketException.class);
      assertThat(millisSince(started)).isGreaterThanOrEqualTo(100);
    }
  }

  @ParameterizedTest
  @EnumSource(ToxicDirection.class)
  void slicerSendsSmallPiecesWithPausesBetween(ToxicDirection stream) throws Exception {
    toxics.slicer("sliced", stream, 10, 20_000).setSizeVariation(4);
    Wire wire = rig.open();
    byte[] bytes = random(70);
    wire.send(stream, bytes);
    InputStream in = wire.receiver(stream).getInputStream();
    byte[] received = new byte[bytes.length];
    int pieces = 0;
    for (int at = 0; at < received.length; pieces++) {
      int length = in.read(received, at, received.length - at);
      assertThat(length).isPositive();
      at += length;
    }
    assertThat(received).isEqualTo(bytes);
    assertThat(pieces).isBetween(2, 12);
  }

  @Test
  void slicerWithoutAnySizeStillMakesProgress() throws Exception {
    toxics.slicer("sliced", UPSTREAM, 0, 0);
    Wire wire = rig.open();
    byte[] bytes = random(5_000);
    wire.send(UPSTREAM, bytes);
    assertThat(wire.receive(UPSTREAM, bytes.length)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @EnumSource(ToxicDirection.class)
  void limitDataPassesExactlyTheLimitAndThenCuts(ToxicDirection stream) throws Exception {
    toxics.limitData("short", stream, 1_000);
    Wire wire = rig.open();
    byte[] bytes = random(700);
    wire.send(stream, bytes);
    assertThat(wire.receive(stream, 700)).isEqualTo(bytes);
    wire.send(stream, bytes);
    assertThat(wire.receiver(stream).getInputStream().readAllBytes()).hasSize(300);
  }

  @Test
  void limitDataCountsOnWhenTheLimitIsChanged() throws Exception {
    LimitData limit = toxics.limitData("short", DOWNSTREAM, 1_000);
    Wire wire = rig.open();
    wire.send(DOWNSTREAM, new byte[900]);
    wire.receive(DOWNSTREAM, 900);
    limit.setBytes(950);
    wire.send(DOWNSTREAM, new byte[900]);
    assertThat(wire.client().getInputStream().readAllBytes()).hasSize(50);
  }

  @Test
  void aLiveToxicCanBeChangedAndRemovedWithoutLosingAByte() throws Exception {
    Wire wire = rig.open();
    Latency latency = toxics.latency("slow", DOWNSTREAM, 60_000);
    wire.send(DOWNSTREAM, new byte[] {1});
    nothingComes(wire, DOWNSTREAM);
    latency.setLatency(50);
    assertThat(wire.read(DOWNSTREAM)).isEqualTo(1);
    latency.setLatency(60_000);
    wire.send(DOWNSTREAM, new byte[] {2});
    wire.server().shutdownOutput();
    nothingComes(wire, DOWNSTREAM);
    latency.remove();
    assertThat(wire.client().getInputStream().readAllBytes()).containsExactly(2);
  }

  @Test
  void toxicsThatAreRemovedFromTheMiddleLeaveTheOrderAlone() throws Exception {
    Wire wire = rig.open();
    Latency first = toxics.latency("first", UPSTREAM, 60_000);
    toxics.slicer("middle", UPSTREAM, 3, 0);
    Latency last = toxics.latency("last", UPSTREAM, 60_000);
    byte[] bytes = random(40_000);
    wire.send(UPSTREAM, bytes);
    toxics.get("middle").remove();
    first.remove();
    last.setLatency(0);
    assertThat(wire.receive(UPSTREAM, bytes.length)).isEqualTo(bytes);
  }

  @Test
  void toxicityStrikesItsShareOfTheConnectionsAndTheSeedSaysWhich() throws Exception {
    List<Boolean> struck = struckOf(40);
    assertThat(struck).contains(true, false);
    try (Rig same = new Rig(1)) {
      start(same);
      assertThat(struckOf(40)).isEqualTo(struck);
    }
    try (Rig other = new Rig(2)) {
      start(other);
      assertThat(struckOf(40)).isNotEqualTo(struck);
    }
  }

  @Test
  void toxicityOfZeroSparesEveryone() throws Exception {
    toxics.timeout("never", DOWNSTREAM, 0).setToxicity(0);
    Wire wire = rig.open();
    wire.send(DOWNSTREAM, new byte[] {1});
    assertThat(wire.read(DOWNSTREAM)).isEqualTo(1);
    toxics.get("never").remove();
    wire.send(DOWNSTREAM, new byte[] {2});
    assertThat(wire.read(DOWNSTREAM)).isEqualTo(2);
  }

  @Test
  void resetTakesAllToxicsAwayAndEnables() throws Exception {
    toxics.latency("slow", UPSTREAM, 60_000);
    Wire wire = rig.open();
    wire.send(UPSTREAM, new byte[] {1});
    rig.client().createProxy("off", "127.0.0.1:0", "127.0.0.1:1").disable();
    rig.client().reset();
    assertThat(wire.read(UPSTREAM)).isEqualTo(1);
    assertThat(toxics.getAll()).isEmpty();
    assertThat(rig.client().getProxy("off").isEnabled()).isTrue();
  }

  private void start(Rig another) throws Exception {
    rig.close();
    rig = another;
    toxics = another.proxy().toxics();
  }

  private List<Boolean> struckOf(int connections) throws IOException {
    toxics.limitData("some", UPSTREAM, 0).setToxicity(0.5f);
    List<Boolean> struck = new ArrayList<>();
    for (int i = 0; i < connections; i++) {
      Wire wire = rig.open();
      wire.send(UPSTREAM, new byte[] {1});
      struck.add(wire.read(UPSTREAM) < 0);
    }
    return struck;
  }

  private static void nothingComes(Wire wire, ToxicDirection stream) {
    await()
        .during(100, MILLISECONDS)
        .atMost(2_000, MILLISECONDS)
        .until(() -> wire.receiver(stream).getInputStream().available() == 0);
  }

  private static long millisToPass(Wire wire, ToxicDirection stream) throws IOException {
    long started = System.nanoTime();
    wire.send(stream, new byte[] {9});
    assertThat(wire.read(stream)).isEqualTo(9);
    return millisSince(started);
  }

  private static long millisSince(long startedNanos) {
    return (System.nanoTime() - startedNanos) / 1_000_000;
  }

  private static ToxicDirection opposite(ToxicDirection stream) {
    return stream == UPSTREAM ? DOWNSTREAM : UPSTREAM;
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new SplittableRandom(length).nextBytes(bytes);
    return bytes;
  }
}
