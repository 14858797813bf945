package dev.drillbook.site.containers;

import com.github.dockerjava.api.DockerClient;
import dev.drillbook.timeline.DrillException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.testcontainers.dockerclient.DockerClientProviderStrategy;
import org.testcontainers.dockerclient.TransportConfig;

/**
 * The way to the Docker engine of this machine. It is Testcontainers' client, without what
 * Testcontainers does before it hands one out: that pulls images, which takes minutes where no
 * registry can be reached. What a killed run leaves is removed by ourselves.
 */
final class Docker {
  private static final String HINT =
      "start Docker, or run the drills without it: -Ddrill.site=embedded";
  private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(10);

  private Docker() {}

  /**
   * The engine of this machine.
   *
   * @throws DrillException if there is none, it is elsewhere, or it does not answer
   */
  static DockerClient connect(Map<String, String> environment) {
    return connect(environment, ANSWERS_WITHIN);
  }

  /** The same, for one that has that long to answer. */
  static DockerClient connect(Map<String, String> environment, Duration limit) {
    String host = environment.getOrDefault("DOCKER_HOST", "unix:///var/run/docker.sock");
    requireSocket(host);
    try {
      // Making a client asks the engine for its version.
      return CompletableFuture.supplyAsync(() -> ask(URI.create(host)))
          .get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new DrillException(
          "Docker's engine does not answer within " + limit.toMillis() + " ms", HINT, e);
    } catch (ExecutionException e) {
      throw new DrillException(
          "Docker cannot be used: " + e.getCause().getMessage(), HINT, e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DrillException("interrupted while Docker was asked", "run the drill again", e);
    }
  }

  private static DockerClient ask(URI host) {
    DockerClient client =
        DockerClientProviderStrategy.getClientForConfig(
            TransportConfig.builder().dockerHost(host).build());
    client.pingCmd().exec();
    return client;
  }

  /** Files are shared by their paths, which takes an engine on the same machine. */
  private static void requireSocket(String host) {
    if (!host.startsWith("unix://")) {
      throw new DrillException(
          "Docker's engine is at " + host + ", and containers there cannot see our files",
          "use an engine on this machine (unset DOCKER_HOST), or -Ddrill.site=embedded");
    }
    Path socket = Path.of(host.substring("unix://".length()));
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(socket));
    } catch (IOException e) {
      throw new DrillException(
          "there is no Docker engine on this machine: " + socket + ": " + e.getMessage(), HINT, e);
    }
  }
}
