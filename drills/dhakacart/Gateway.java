package dhakacart;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import web.Answer;
import web.Endpoint;
import web.Refused;
import web.Service;

/**
 * What stands before several instances of the shop: passes each request on to the next one that is
 * healthy.
 *
 * <p>Environment: {@code INSTANCES}, names of components divided by blanks, and {@code NAME_URL} of
 * each; {@code PORT}; optionally {@code BIND_ADDRESS}.
 */
public final class Gateway implements Endpoint {
  private static final Duration LONGEST = Duration.ofSeconds(2);
  private static final Duration LOOK_WITHIN = Duration.ofSeconds(2);
  private static final long LOOK_EVERY_MILLIS = 100;

  private final List<Instance> instances;
  private final AtomicInteger turn = new AtomicInteger();
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(LOOK_WITHIN)
          .build();

  /** One instance, and whether it was healthy when it was last looked at. */
  private static final class Instance {
    private final String name;
    private final URI address;
    private volatile boolean healthy;

    Instance(String name, String address) {
      this.name = name;
      this.address = URI.create(address);
    }
  }

  private Gateway(List<Instance> instances) {
    this.instances = List.copyOf(instances);
  }

  public static void main(String[] args) throws IOException {
    Service.run(
        "gateway",
        (service, environment) -> {
          List<Instance> instances = new ArrayList<>();
          for (String name : environment.required("INSTANCES").split(" ", -1)) {
            instances.add(new Instance(name, environment.required(name + "_URL")));
          }
          environment.requireValid();
          Gateway gateway = new Gateway(instances);
          instances.forEach(gateway::watch);
          service.route("/api", gateway);
          service.route("/instances", exchange -> gateway.status());
          service.route("/health", exchange -> gateway.health());
        });
  }

  private void watch(Instance instance) {
    Thread watch = new Thread(() -> look(instance), "watch-" + instance.name);
    watch.setDaemon(true);
    watch.start();
  }

  private void look(Instance instance) {
    HttpRequest health =
        HttpRequest.newBuilder(instance.address.resolve("/health")).timeout(LOOK_WITHIN).build();
    try {
      while (!Thread.interrupted()) {
        try {
          instance.healthy =
              http.send(health, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
          instance.healthy = false;
        }
        Thread.sleep(LOOK_EVERY_MILLIS);
      }
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public Answer answer(HttpExchange exchange) throws IOException, Refused {
    byte[] body = exchange.getRequestBody().readAllBytes();
    int first = turn.getAndIncrement();
    for (int i = 0; i < instances.size(); i++) {
      Instance instance = instances.get(Math.floorMod(first + i, instances.size()));
      if (!instance.healthy) {
        continue;
      }
      try {
        HttpResponse<String> answer =
            http.send(request(exchange, instance, body), HttpResponse.BodyHandlers.ofString());
        return new Answer(answer.statusCode(), json -> json.writeRaw(answer.body()));
      } catch (ConnectException | HttpConnectTimeoutException e) {
        // Nothing was sent: the next one may have it.
        instance.healthy = false;
      } catch (IOException e) {
        instance.healthy = false;
        return Answer.error(504, "outcome unknown, look it up later", instance.name + ": " + e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return Answer.error(504, "outcome unknown, look it up later", "the gateway is stopping");
      }
    }
    return Answer.error(503, "no instance is healthy, nothing was changed");
  }

  private static HttpRequest request(HttpExchange exchange, Instance instance, byte[] body) {
    return HttpRequest.newBuilder(instance.address.resolve(exchange.getRequestURI()))
        .timeout(LONGEST)
        .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body))
        .build();
  }

  private Answer health() {
    boolean any = instances.stream().anyMatch(instance -> instance.healthy);
    return any ? status() : Answer.error(503, "no instance is healthy");
  }

  private Answer status() {
    return new Answer(
        200,
        json -> {
          json.writeStartObject();
          for (Instance instance : instances) {
            json.writeStringField(instance.name, instance.healthy ? "up" : "down");
          }
          json.writeEndObject();
        });
  }
}
