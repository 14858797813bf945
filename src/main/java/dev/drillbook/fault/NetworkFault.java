package dev.drillbook.fault;

import dev.drillbook.site.Networked;
import dev.drillbook.timeline.DrillException;
import eu.rekawek.toxiproxy.Proxy;
import eu.rekawek.toxiproxy.model.Toxic;
import eu.rekawek.toxiproxy.model.ToxicDirection;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.List;

/** Disturbances of what leads from clients to a component. */
final class NetworkFault {
  private static final int CONNECT_MILLIS = 1_000;
  private static final int SPEAKS_WITHIN_MILLIS = 300;

  private NetworkFault() {}

  /** Something that a proxy is asked for. */
  interface Request {
    void send(Proxy proxy) throws IOException;
  }

  /** Adds a toxic. */
  interface Maker {
    Toxic make(Proxy proxy, String name) throws IOException;
  }

  /** A toxic that is there until the fault is healed. */
  static ActiveFault toxic(Scene scene, Networked target, String what, Maker maker) {
    String toxic = "drillbook-" + Long.toHexString(scene.chance().nextLong());
    return InForce.begin(
        scene,
        what,
        List.of("the toxic " + toxic + " of the proxy " + target.link().getName()),
        () -> ask(target, what, proxy -> maker.make(proxy, toxic)),
        () -> look(target, toxic),
        () -> ask(target, "heal " + what, proxy -> remove(proxy, toxic)));
  }

  private static Bite look(Networked target, String name) {
    try {
      for (Toxic toxic : target.link().toxics().getAll()) {
        if (toxic.getName().equals(name)) {
          return Bite.of(true, "the proxy of " + target.name() + " has the toxic " + name);
        }
      }
      return Bite.of(false, "the proxy of " + target.name() + " has no toxic " + name);
    } catch (IOException e) {
      return Bite.of(
          false, "the proxy of " + target.name() + " does not answer: " + e.getMessage());
    }
  }

  private static void remove(Proxy proxy, String name) throws IOException {
    for (Toxic toxic : proxy.toxics().getAll()) {
      if (toxic.getName().equals(name)) {
        toxic.remove();
      }
    }
  }

  static void ask(Networked target, String what, Request request) {
    try {
      request.send(target.link());
    } catch (IOException e) {
      throw new DrillException(
          "could not " + what + ": " + e.getMessage(), "does the proxy's server still run?", e);
    }
  }

  /**
   * Whether a client gets no connection, or one that ends at once: what stands before a container
   * takes connections before it knows that nobody is there.
   */
  static Bite refuses(Networked target) {
    InetSocketAddress address = target.clientAddress();
    try (Socket socket = new Socket()) {
      socket.connect(address, CONNECT_MILLIS);
      socket.setSoTimeout(SPEAKS_WITHIN_MILLIS);
      boolean ended = socket.getInputStream().read() < 0;
      return Bite.of(
          ended,
          ended
              ? "connections to " + address + " end at once"
              : "clients can connect to " + address);
    } catch (SocketTimeoutException silent) {
      return Bite.of(false, "clients can connect to " + address);
    } catch (IOException refused) {
      return Bite.of(true, "clients cannot connect to " + address + ": " + refused.getMessage());
    }
  }

  /** Towards clients, or towards the component. */
  static ToxicDirection direction(boolean towardsClients) {
    return towardsClients ? ToxicDirection.DOWNSTREAM : ToxicDirection.UPSTREAM;
  }
}
