package dev.drillbook.site.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FreePortsTest {

  @Test
  void portsAreFreeDifferentAndBelowTheRangeOfOutgoingConnections() {
    FreePorts ports = new FreePorts();
    assertThat(IntStream.range(0, 100).map(i -> ports.next()))
        .doesNotHaveDuplicates()
        .allSatisfy(
            port -> {
              assertThat(port).isBetween(15_000, 32_000);
              assertThat(FreePorts.isFree(port)).isTrue();
            });
  }

  @Test
  void aPortThatSomebodyListensOnIsNotFree() throws IOException {
    int port;
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = listener.getLocalPort();
      assertThat(FreePorts.isFree(port)).isFalse();
    }
    assertThat(FreePorts.isFree(port)).isTrue();
  }
}
