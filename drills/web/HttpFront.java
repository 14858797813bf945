package web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The HTTP server: hands requests to endpoints, sends their answers, and stops without cutting one
 * off.
 */
public final class HttpFront {
  private static final int BACKLOG = 128;

  /**
   * Who has waited so long for a thread has mostly given up. Answering such requests one after the
   * other keeps the queue as long as it is, and everybody behind them waiting, long after the rush
   * is over; saying no to them empties it at once.
   */
  private static final Duration LONGEST_QUEUED = Duration.ofMillis(200);

  private final HttpServer server;
  private final Duration longestQueued;

  /** One party for the server, one for each request being answered. */
  private final Phaser inFlight = new Phaser(1);

  /** When the request that a thread is at came in. */
  private final ThreadLocal<Long> cameInNanos = new ThreadLocal<>();

  private volatile boolean stopping;

  /**
   * Listens on the address at once; answers from {@link #start} on.
   *
   * @throws java.net.BindException if the address is in use or not this machine's
   */
  public HttpFront(InetSocketAddress address, ExecutorService executor) throws IOException {
    this(address, executor, LONGEST_QUEUED);
  }

  HttpFront(InetSocketAddress address, ExecutorService executor, Duration longestQueued)
      throws IOException {
    this.longestQueued = longestQueued;
    // The server reads these once, when its first instance is made.
    // Without the first, each answer after the first on a connection waits 40 ms for a delayed
    // acknowledgement.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    // A client that vanishes in the middle of a request must not hold a thread for ever.
    System.setProperty("sun.net.httpserver.maxReqTime", "10");
    System.setProperty("sun.net.httpserver.maxRspTime", "10");
    server = HttpServer.create(address, BACKLOG);
    server.setExecutor(request -> executor.execute(noting(System.nanoTime(), request)));
    route(
        "/",
        exchange -> {
          throw new Refused(404, "no such page");
        });
  }

  /** The longest path that a request's path begins with decides. */
  public void route(String path, Endpoint endpoint) {
    server.createContext(path, exchange -> handle(exchange, endpoint));
  }

  public InetSocketAddress address() {
    return server.getAddress();
  }

  public void start() {
    server.start();
  }

  /** Refuses new requests, waits for those being answered, then closes. */
  public void stop(Duration longestWait) {
    stopping = true;
    // Not HttpServer.stop(delay): it waits the whole delay even when nothing is in flight.
    int phase = inFlight.arrive();
    try {
      inFlight.awaitAdvanceInterruptibly(phase, longestWait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      System.err.println("requests still unanswered after " + longestWait + ": cutting them off");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    server.stop(0);
  }

  private void handle(HttpExchange exchange, Endpoint endpoint) throws IOException {
    inFlight.register();
    try (exchange) {
      send(exchange, answer(exchange, endpoint));
    } finally {
      inFlight.arriveAndDeregister();
    }
  }

  private Runnable noting(long nanos, Runnable request) {
    return () -> {
      cameInNanos.set(nanos);
      try {
        request.run();
      } finally {
        cameInNanos.remove();
      }
    };
  }

  private Answer answer(HttpExchange exchange, Endpoint endpoint) throws IOException {
    if (stopping) {
      return Answer.error(503, "the service is stopping");
    }
    if (System.nanoTime() - cameInNanos.get() > longestQueued.toNanos()) {
      return Answer.error(503, "the service has more to do than it can; nothing was changed");
    }
    return ask(exchange, endpoint);
  }

  private static Answer ask(HttpExchange exchange, Endpoint endpoint) throws IOException {
    try {
      return endpoint.answer(exchange);
    } catch (Refused e) {
      return Answer.error(e.status(), e.getMessage());
    } catch (Database.Unavailable e) {
      return Answer.error(503, "database unavailable, nothing was changed", e.getMessage());
    } catch (Database.OutcomeUnknown e) {
      return Answer.error(504, "outcome unknown, look it up later", e.getMessage());
    } catch (RuntimeException e) {
      e.printStackTrace();
      return Answer.error(500, "the service has a bug; see its log");
    }
  }

  private static void send(HttpExchange exchange, Answer answer) throws IOException {
    byte[] body = answer.bytes();
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    boolean noBody = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(answer.status(), noBody ? -1 : body.length);
    if (!noBody) {
      exchange.getResponseBody().write(body);
    }
  }
}
