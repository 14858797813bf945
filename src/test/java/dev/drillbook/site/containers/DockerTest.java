package dev.drillbook.site.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drillbook.timeline.DrillException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said where no engine can be used; each within seconds, and with a way out. */
class DockerTest {
  private static final String WAY_OUT = "-Ddrill.site=embedded";
  @TempDir Path folder;

  private static Map<String, String> at(String host) {
    return Map.of("DOCKER_HOST", host);
  }

  @Test
  void withoutAnEngineThatIsSaid() {
    String socket = "unix://" + folder.resolve("docker.sock");
    assertThatThrownBy(() -> Docker.connect(at(socket)))
        .isInstanceOf(DrillException.class)
        .hasMessageContaining("there is no Docker engine on this machine: " + folder)
        .hasMessageContaining(WAY_OUT);
  }

  @Test
  void anEngineElsewhereCannotSeeOurFiles() {
    assertThatThrownBy(() -> Docker.connect(at("tcp://192.0.2.1:2375")))
        .isInstanceOf(DrillException.class)
        .hasMessageContaining("containers there cannot see our files")
        .hasMessageContaining(WAY_OUT);
  }

  @Test
  void anEngineThatKeepsSilentIsGivenUp() throws Exception {
    Path socket = folder.resolve("docker.sock");
    try (ServerSocketChannel silent = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      silent.bind(UnixDomainSocketAddress.of(socket));
      assertThatThrownBy(() -> Docker.connect(at("unix://" + socket), Duration.ofMillis(300)))
          .isInstanceOf(DrillException.class)
          .hasMessageContaining("Docker's engine does not answer within 300 ms")
          .hasMessageContaining(WAY_OUT);
    }
    assertThat(socket).exists();
  }
}
