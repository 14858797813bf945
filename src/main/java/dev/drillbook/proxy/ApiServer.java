package dev.drillbook.proxy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.drillbook.timeline.DrillException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The HTTP side of the API: turns exchanges into requests and answers back. */
final class ApiServer implements AutoCloseable {
  private static final int THREADS = 4;
  private static final int MAX_BODY_BYTES = 1 << 20;

  /** What web pages can make a browser send begins so, and no client of the API does. */
  private static final String BROWSER = "Mozilla/";

  private final HttpServer server;
  private final ExecutorService threads;
  private final ApiRoutes routes;

  ApiServer(InetSocketAddress address, ApiRoutes routes) {
    this.routes = routes;
    try {
      server = HttpServer.create(address, 0);
    } catch (IOException e) {
      throw new DrillException(
          "the fault proxy's API cannot listen on " + address + ": " + e.getMessage(),
          "give it an address of this machine and a free port, or port 0",
          e);
    }
    AtomicInteger count = new AtomicInteger();
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, "drillbook-proxy-api-" + count.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    pool.allowCoreThreadTimeOut(true);
    threads = pool;
    server.setExecutor(threads);
    server.createContext("/", this::handle);
  }

  /** Its dispatcher is a daemon if whoever starts it is: nobody's JVM stays because of a proxy. */
  void start() {
    Thread starter = new Thread(server::start, "drillbook-proxy-api-start");
    starter.setDaemon(true);
    starter.start();
    boolean interrupted = false;
    while (starter.isAlive()) {
      try {
        starter.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  InetSocketAddress address() {
    return server.getAddress();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      send(exchange, answer(exchange));
    }
  }

  private ApiAnswer answer(HttpExchange exchange) throws IOException {
    String agent = exchange.getRequestHeaders().getFirst("User-Agent");
    if (agent != null && agent.startsWith(BROWSER)) {
      return new ApiAnswer(403, "text/plain; charset=utf-8", "User agent not allowed\n");
    }
    byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY_BYTES);
    return routes.answer(
        exchange.getRequestMethod(),
        exchange.getRequestURI().getPath(),
        new String(body, StandardCharsets.UTF_8));
  }

  private static void send(HttpExchange exchange, ApiAnswer answer) throws IOException {
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    if (!answer.contentType().isEmpty()) {
      exchange.getResponseHeaders().set("Content-Type", answer.contentType());
    }
    // The server sends head and body apart and leaves Nagle's algorithm on, so that on a connection
    // that is kept the body waits 40 ms for the head's acknowledgement.
    exchange.getResponseHeaders().set("Connection", "close");
    exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
