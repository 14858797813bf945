package web;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A process that serves HTTP. It starts whether or not its stores are there, and needs no restart
 * when they are back. Exit status: 2 for a wrong environment, 3 if the address cannot be bound.
 */
public final class Service {
  private static final int EXIT_ENVIRONMENT = 2;
  private static final int EXIT_ADDRESS = 3;
  private static final int REQUEST_THREADS = 32;
  private static final int HEALTH_THREADS = 4;
  private static final Duration LONGEST_STOP = Duration.ofSeconds(2);

  private final String name;
  private final HttpFront front;
  private final ExecutorService requests;
  private final ExecutorService health = Executors.newFixedThreadPool(HEALTH_THREADS);
  private final List<AutoCloseable> resources = new ArrayList<>();

  private Service(String name, HttpFront front, ExecutorService requests) {
    this.name = name;
    this.front = front;
    this.requests = requests;
  }

  /** Sets a service up from its environment: its routes, and what it closes when it stops. */
  public interface SetUp {
    void on(Service service, Environment environment) throws Environment.Invalid;
  }

  /** Runs a service until its process is told to stop. */
  public static void run(String name, SetUp setUp) throws IOException {
    Environment environment = new Environment(System.getenv());
    InetSocketAddress listen = environment.listenAddress();
    try {
      ExecutorService requests = Executors.newFixedThreadPool(REQUEST_THREADS);
      Service service = new Service(name, new HttpFront(listen, requests), requests);
      setUp.on(service, environment);
      environment.requireValid();
      service.start();
    } catch (Environment.Invalid e) {
      System.err.println(e.getMessage());
      System.err.printf(
          "hint: %s is configured by its environment; set these and start it again%n", name);
      System.exit(EXIT_ENVIRONMENT);
    } catch (BindException e) {
      System.err.printf("cannot listen on %s: %s%n", listen, e.getMessage());
      System.err.printf(
          "hint: stop what uses the port (another %s?) or choose another PORT%n", name);
      System.exit(EXIT_ADDRESS);
    }
  }

  /** The longest path that a request's path begins with decides. */
  public void route(String path, Endpoint endpoint) {
    front.route(path, endpoint);
  }

  /** Answers {@code /health} by what {@code look} finds. */
  public void health(HealthEndpoint.Look look) {
    health("/health", look);
  }

  /** Answers {@code path} by what {@code look} finds. */
  public void health(String path, HealthEndpoint.Look look) {
    front.route(path, new HealthEndpoint(look, health));
  }

  /** A pool of connections, closed when the service stops. */
  public Database database(Environment.PostgresAddress address) {
    ConnectionPool pool =
        new ConnectionPool(new org.postgresql.Driver(), address.url(), address.properties());
    closeAtStop(pool);
    return new Database(pool);
  }

  /** Closes {@code resource} when the service stops, the last one given first. */
  public void closeAtStop(AutoCloseable resource) {
    resources.add(0, resource);
  }

  private void start() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::stop));
    front.start();
    System.out.printf(
        "%s listening on http://%s:%d%n",
        name, front.address().getHostString(), front.address().getPort());
  }

  private void stop() {
    front.stop(LONGEST_STOP);
    requests.shutdownNow();
    health.shutdownNow();
    for (AutoCloseable resource : resources) {
      try {
        resource.close();
      } catch (Exception e) {
        System.err.println("while stopping: " + e);
      }
    }
    System.out.println(name + " stopped");
  }
}
