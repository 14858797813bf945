package dev.drillbook.proxy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ForkJoinPool;

/** One proxy: where it listens, where it leads, its toxics and its connections. */
final class Route {
  private final EventLoop loop;
  private final String name;
  private final SplittableRandom random;
  private final ToxicChain toxics = new ToxicChain();
  private final Set<Relay> relays = new HashSet<>();

  /** Accepted, while the upstream's name is looked up. */
  private final Set<SocketChannel> undecided = new HashSet<>();

  private String listen;
  private String upstream;
  private Listener listener;

  Route(EventLoop loop, ProxyOrder order, long seed) {
    this.loop = loop;
    this.name = order.name();
    this.listen = order.listen();
    this.upstream = order.upstream();
    this.random = new SplittableRandom(seed ^ name.hashCode());
  }

  ProxyState state() {
    return new ProxyState(name, listen, upstream, isEnabled(), toxics.all());
  }

  ToxicChain toxics() {
    return toxics;
  }

  Set<Relay> relays() {
    return relays;
  }

  boolean isEnabled() {
    return listener != null;
  }

  /** Whether an order asks for other addresses than this has. */
  boolean differs(ProxyOrder order) {
    return !Address.parse(order.listen()).numeric().toString().equals(listen)
        || !order.upstream().equals(upstream);
  }

  /** New addresses end all connections, as they do on the real server. */
  void update(ProxyOrder order) {
    if (differs(order)) {
      stop();
      listen = order.listen();
      upstream = order.upstream();
    }
    if (order.enabled()) {
      start();
    } else {
      stop();
    }
  }

  /** Listens, unless it does already. */
  void start() {
    if (!isEnabled()) {
      Address address = Address.parse(listen).numeric();
      listener = Listener.open(loop, address, this::accepted);
      listen = address.withPort(listener.port()).toString();
    }
  }

  /** Closes the port and all connections. */
  void stop() {
    if (isEnabled()) {
      listener.close();
      listener = null;
      List.copyOf(relays).forEach(Relay::close);
      undecided.forEach(Listener::close);
      undecided.clear();
      loop.releaseClosed();
    }
  }

  private void accepted(SocketChannel client) {
    try {
      Address target = Address.parse(upstream);
      if (target.isLiteral()) {
        connect(client, target.resolved());
      } else {
        undecided.add(client);
        ForkJoinPool.commonPool().execute(() -> lookUp(client, target));
      }
    } catch (Refusal e) {
      Listener.close(client); // As the real server does with an upstream that makes no sense.
    }
  }

  /** On another thread, since the loop must not wait for a name server. */
  private void lookUp(SocketChannel client, Address target) {
    try {
      InetSocketAddress address = target.resolved();
      loop.execute(() -> resolved(client, () -> connect(client, address)));
    } catch (Refusal e) {
      loop.execute(() -> resolved(client, () -> Listener.close(client)));
    }
  }

  private void resolved(SocketChannel client, Runnable then) {
    if (undecided.remove(client)) {
      then.run();
    }
  }

  private void connect(SocketChannel client, InetSocketAddress address) {
    SocketChannel server = null;
    try {
      server = SocketChannel.open();
      server.configureBlocking(false);
      server.connect(address);
      Relay relay = new Relay(loop, client, server, random.split(), relays::remove);
      relays.add(relay);
      toxics.addTo(relay);
      relay.begin();
    } catch (IOException e) {
      Listener.close(server);
      Listener.close(client);
    }
  }
}
