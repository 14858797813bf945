package dev.drillbook.site.embedded;

import dev.drillbook.timeline.DrillException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports for servers, below the range that the kernel takes outgoing connections' ports from (32768
 * and up by default). From inside that range, a client that keeps trying to reach a dead server can
 * end up with the server's own port and keep it from coming back.
 */
final class FreePorts {
  private static final int LOWEST = 15_000;
  private static final int HIGHEST = 32_000;
  private static final int TRIES = 200;

  private final Set<Integer> given = new HashSet<>();

  /** A port on 127.0.0.1 that nobody listens on now, and that was not given before. */
  int next() {
    for (int i = 0; i < TRIES; i++) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
      if (!given.contains(port) && isFree(port)) {
        given.add(port);
        return port;
      }
    }
    throw new DrillException(
        "no free port on 127.0.0.1 between "
            + LOWEST
            + " and "
            + HIGHEST
            + " in "
            + TRIES
            + " tries",
        "something on this machine holds thousands of ports: stop it");
  }

  static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
