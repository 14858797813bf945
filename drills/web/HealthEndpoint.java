package web;

import com.sun.net.httpserver.HttpExchange;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * {@code GET} of its own path: 200 only if a look at the service's own data has just succeeded.
 *
 * <p>The look goes through the pool as every request does, so a service that can serve nobody is
 * not healthy. The look runs on a thread of its own because a health check must answer within a
 * second even while the database accepts connections and then says nothing.
 */
public final class HealthEndpoint implements Endpoint {
  private static final long LONGEST_MILLIS = 1000;

  /** One look at what the service cannot do without; throws if it is not well. */
  public interface Look {
    void take() throws Exception;
  }

  private final Look look;
  private final ExecutorService executor;

  public HealthEndpoint(Look look, ExecutorService executor) {
    this.look = look;
    this.executor = executor;
  }

  @Override
  public Answer answer(HttpExchange exchange) throws Refused {
    if (!exchange.getRequestURI().getPath().equals(exchange.getHttpContext().getPath())) {
      throw new Refused(404, "no such page");
    }
    Future<?> running =
        executor.submit(
            () -> {
              look.take();
              return null;
            });
    try {
      running.get(LONGEST_MILLIS, TimeUnit.MILLISECONDS);
      return up();
    } catch (TimeoutException e) {
      return down("what it needs does not answer within " + LONGEST_MILLIS + " ms");
    } catch (ExecutionException e) {
      return down(e.getCause().getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return down("the service is stopping");
    } finally {
      running.cancel(true);
    }
  }

  private static Answer up() {
    return new Answer(
        200,
        json -> {
          json.writeStartObject();
          json.writeStringField("status", "ok");
          json.writeEndObject();
        });
  }

  private static Answer down(String reason) {
    return new Answer(
        503,
        json -> {
          json.writeStartObject();
          json.writeStringField("status", "down");
          json.writeStringField("reason", reason);
          json.writeEndObject();
        });
  }
}
