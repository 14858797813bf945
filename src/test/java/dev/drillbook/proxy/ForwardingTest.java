package dev.drillbook.proxy;

import static eu.rekawek.toxiproxy.model.ToxicDirection.DOWNSTREAM;
import static eu.rekawek.toxiproxy.model.ToxicDirection.UPSTREAM;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drillbook.proxy.Rig.Wire;
import dev.drillbook.timeline.DrillException;
import eu.rekawek.toxiproxy.Proxy;
import eu.rekawek.toxiproxy.model.ToxicDirection;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ForwardingTest {
  private Rig rig;

  @BeforeEach
  void start() throws Exception {
    rig = new Rig();
  }

  @AfterEach
  void stop() throws Exception {
    rig.close();
  }

  @ParameterizedTest
  @EnumSource(ToxicDirection.class)
  void bytesArriveAsTheyWereSent(ToxicDirection stream) throws Exception {
    Wire wire = rig.open();
    wire.send(stream, "select 1".getBytes(US_ASCII));
    assertThat(wire.receive(stream, 8)).asString(US_ASCII).isEqualTo("select 1");
  }

  @ParameterizedTest
  @EnumSource(ToxicDirection.class)
  void anEndIsPassedAfterTheDataAndTheOtherDirectionGoesOn(ToxicDirection stream) throws Exception {
    Wire wire = rig.open();
    wire.send(stream, "last words".getBytes(US_ASCII));
    wire.sender(stream).shutdownOutput();
    assertThat(wire.receiver(stream).getInputStream().readAllBytes())
        .asString(US_ASCII)
        .isEqualTo("last words");

    ToxicDirection back = stream == UPSTREAM ? DOWNSTREAM : UPSTREAM;
    wire.send(back, "answer".getBytes(US_ASCII));
    assertThat(wire.receive(back, 6)).asString(US_ASCII).isEqualTo("answer");
    wire.sender(back).close();
    assertThat(wire.read(back)).isEqualTo(-1);
  }

  @ParameterizedTest
  @EnumSource(ToxicDirection.class)
  void aResetArrivesAsAReset(ToxicDirection stream) throws Exception {
    Wire wire = rig.open();
    wire.send(stream, new byte[] {7});
    assertThat(wire.read(stream)).isEqualTo(7);
    wire.sender(stream).setSoLinger(true, 0);
    wire.sender(stream).close();
    assertThatThrownBy(() -> wire.read(stream))
        .isInstanceOf(SocketException.class)
        .hasMessageContaining("reset");
  }

  @Test
  void aClientOfADeadUpstreamIsClosed() throws Exception {
    rig.upstream().close();
    Socket client = rig.connect();
    assertThat(client.getInputStream().read()).isEqualTo(-1);
  }

  @Test
  void anUpstreamThatMakesNoSenseClosesTheClient() throws Exception {
    rig.proxy().setUpstream("nonsense");
    assertThat(rig.connect().getInputStream().read()).isEqualTo(-1);
  }

  @Test
  void anUpstreamMayHaveAName() throws Exception {
    rig.proxy().setUpstream("localhost:" + rig.upstream().getLocalPort());
    Wire wire = rig.open();
    wire.send(UPSTREAM, new byte[] {1});
    assertThat(wire.read(UPSTREAM)).isEqualTo(1);
  }

  @Test
  void anUnknownNameClosesTheClient() throws Exception {
    rig.proxy().setUpstream("no-such-host.invalid:80");
    assertThat(rig.connect().getInputStream().read()).isEqualTo(-1);
  }

  @Test
  void disablingClosesPortAndConnectionsAtOnceAndEnablingOpensTheSamePort() throws Exception {
    Wire wire = rig.open();
    int port = rig.port();
    rig.proxy().disable();
    assertThatThrownBy(() -> rig.connect()).isInstanceOf(ConnectException.class);
    assertThat(wire.read(DOWNSTREAM)).isEqualTo(-1);
    assertThat(wire.read(UPSTREAM)).isEqualTo(-1);

    rig.proxy().enable();
    assertThat(rig.port()).isEqualTo(port);
    Wire next = rig.open();
    next.send(UPSTREAM, new byte[] {2});
    assertThat(next.read(UPSTREAM)).isEqualTo(2);
  }

  @Test
  void aNewUpstreamEndsConnectionsAndTakesTheNextOnes() throws Exception {
    Wire wire = rig.open();
    int port = rig.port();
    try (ServerSocket other = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      rig.proxy().setUpstream("127.0.0.1:" + other.getLocalPort());
      assertThat(wire.read(DOWNSTREAM)).isEqualTo(-1);
      assertThat(rig.port()).isEqualTo(port);
      Socket client = rig.connect();
      try (Socket server = other.accept()) {
        client.getOutputStream().write(3);
        assertThat(server.getInputStream().read()).isEqualTo(3);
      }
    }
  }

  @Test
  void theSameAddressesLeaveConnectionsAlone() throws Exception {
    Wire wire = rig.open();
    rig.proxy().setListen("localhost:" + rig.port());
    wire.send(UPSTREAM, new byte[] {4});
    assertThat(wire.read(UPSTREAM)).isEqualTo(4);
  }

  @Test
  void deletingClosesPortAndConnections() throws Exception {
    Wire wire = rig.open();
    rig.proxy().delete();
    assertThat(wire.read(DOWNSTREAM)).isEqualTo(-1);
    assertThatThrownBy(() -> rig.connect()).isInstanceOf(ConnectException.class);
    assertThat(rig.client().getProxies()).isEmpty();
  }

  @Test
  void closingEndsConnectionsThreadsAndTheApi() throws Exception {
    Wire wire = rig.open();
    rig.faults().close();
    assertThat(wire.read(DOWNSTREAM)).isEqualTo(-1);
    assertThatThrownBy(() -> rig.client().version()).isInstanceOf(ConnectException.class);
    assertThat(Thread.getAllStackTraces().keySet())
        .filteredOn(Thread::isAlive)
        .extracting(Thread::getName)
        .doesNotContain("drillbook-proxy");
    rig.faults().close();
  }

  @Test
  void anApiAddressThatIsTakenIsRefused() {
    InetSocketAddress taken = rig.faults().api();
    assertThatThrownBy(() -> FaultProxy.start(taken))
        .isInstanceOf(DrillException.class)
        .hasMessageContaining("cannot listen")
        .hasMessageContaining("port 0");
  }

  @Test
  void severalProxiesAreApart() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Proxy second =
          rig.client().createProxy("cache", "127.0.0.1:0", "127.0.0.1:" + other.getLocalPort());
      rig.proxy().disable();
      try (Socket client = new Socket(InetAddress.getLoopbackAddress(), Rig.port(second));
          Socket server = other.accept()) {
        client.getOutputStream().write(5);
        assertThat(server.getInputStream().read()).isEqualTo(5);
      }
    }
  }
}
