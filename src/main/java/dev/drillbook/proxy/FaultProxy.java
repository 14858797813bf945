package dev.drillbook.proxy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.SplittableRandom;

/**
 * A running fault proxy; closing it ends its threads and all its connections. It is driven through
 * its HTTP API, which is Toxiproxy's:
 *
 * <pre>{@code
 * try (FaultProxy faults = FaultProxy.start()) {
 *   InetSocketAddress api = faults.api();
 *   ToxiproxyClient client = new ToxiproxyClient(api.getHostString(), api.getPort());
 *   Proxy db = client.createProxy("db", "127.0.0.1:0", "127.0.0.1:5432");
 *   db.toxics().latency("slow", ToxicDirection.DOWNSTREAM, 100);
 * }
 * }</pre>
 *
 * <p>Where it departs from the real server, it does what a network would: see the decisions in
 * {@code docs/architecture.md}.
 */
public final class FaultProxy implements AutoCloseable {
  private final EventLoop loop;
  private final ProxyRegistry proxies;
  private final ApiServer server;

  private FaultProxy(InetSocketAddress api, long seed) {
    loop = new EventLoop();
    proxies = new ProxyRegistry(loop, seed);
    try {
      server = new ApiServer(api, new ApiRoutes(loop, proxies));
    } catch (RuntimeException e) {
      loop.start();
      loop.close();
      throw e;
    }
    loop.start();
    server.start();
  }

  /** Starts one whose API listens on the loopback interface, on a free port. */
  public static FaultProxy start() {
    return start(new SplittableRandom().nextLong());
  }

  /**
   * The same with what is drawn at random fixed: which connections a toxicity below 1 strikes,
   * jitter, sizes of slices. They depend on the seed, the proxy's name and how many connections it
   * had before.
   */
  public static FaultProxy start(long seed) {
    return start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), seed);
  }

  /**
   * Starts one whose API listens on the given address. Whoever reaches that can make this process
   * listen and connect, so it should be of the loopback interface.
   */
  public static FaultProxy start(InetSocketAddress api) {
    return start(api, new SplittableRandom().nextLong());
  }

  /** Starts one with everything chosen. */
  public static FaultProxy start(InetSocketAddress api, long seed) {
    return new FaultProxy(api, seed);
  }

  /** Where the API listens. */
  public InetSocketAddress api() {
    return server.address();
  }

  /** Ends the API, all proxies and all their connections. */
  @Override
  public void close() {
    server.close();
    if (loop.isRunning()) {
      loop.call(proxies::close);
    }
    loop.close();
  }
}
