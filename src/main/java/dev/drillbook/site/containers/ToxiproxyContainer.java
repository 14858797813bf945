package dev.drillbook.site.containers;

import dev.drillbook.site.embedded.Host;
import dev.drillbook.timeline.DrillException;
import eu.rekawek.toxiproxy.ToxiproxyClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * A Toxiproxy server before all components.
 *
 * @param apiPort on the loopback address
 * @param played what plays it
 */
record ToxiproxyContainer(Container container, int apiPort, String played) implements Host.Network {
  private static final Duration READY_WITHIN = Duration.ofSeconds(20);
  private static final long LOOK_EVERY_MILLIS = 20;

  /** Returns once it answers. */
  ToxiproxyContainer awaitReady() {
    ToxiproxyClient client = new ToxiproxyClient("127.0.0.1", apiPort);
    long deadline = System.nanoTime() + READY_WITHIN.toNanos();
    while (true) {
      try {
        client.version();
        return this;
      } catch (IOException e) {
        if (!container.isRunning() || System.nanoTime() > deadline) {
          throw new DrillException(
              "Toxiproxy in " + container.describe() + " does not answer: " + e.getMessage(),
              "docker logs " + container.id(),
              e);
        }
      }
      try {
        Thread.sleep(LOOK_EVERY_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new DrillException("interrupted while Toxiproxy was starting", "run it again", e);
      }
    }
  }

  @Override
  public InetSocketAddress api() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), apiPort);
  }

  @Override
  public String describe() {
    return played;
  }

  @Override
  public String listenAddress() {
    return "0.0.0.0";
  }

  @Override
  public void close() {
    container.remove();
  }
}
